/** The form that says where a paper's code and project page are, and who said so before. */

import { mediumDate } from '#platform/dates.ts';
import { epochToDay } from '#platform/day.ts';
import type { LinkProblems, LinksAsked } from '#papers/set-links.ts';

export interface LinksFormProps {
  path: string;
  asked: LinksAsked;
  problems?: LinkProblems;
}

export function LinksForm({ path, asked, problems = {} }: LinksFormProps) {
  return (
    <form class="form" method="post" action={path}>
      <LinkField name="code" label="Code repository" value={asked.codeUrl} problem={problems.codeUrl} />
      <LinkField name="project" label="Project page" value={asked.projectUrl} problem={problems.projectUrl} />
      <p>
        <button class="main">Save the links</button>
      </p>
      <p class="quiet">
        Addresses that begin with https://, or nothing where there is no such page. From then on arXiv no longer changes
        them. Who changed them is kept.
      </p>
    </form>
  );
}

interface LinkFieldProps {
  name: string;
  label: string;
  value: string;
  problem: string | undefined;
}

function LinkField({ name, label, value, problem }: LinkFieldProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        type="text"
        inputmode="url"
        name={name}
        value={value}
        maxlength={1000}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-invalid={problem === undefined ? undefined : 'true'}
        aria-describedby={problem === undefined ? undefined : `${name}-problem`}
      />
      {problem !== undefined && (
        <span class="problem-note" role="alert" id={`${name}-problem`}>
          {problem}
        </span>
      )}
    </label>
  );
}

export interface LinkEdit {
  /** Epoch milliseconds. */
  at: number;
  by: string;
  codeUrl: string | null;
  projectUrl: string | null;
}

export function LinkHistory({ edits }: { edits: readonly LinkEdit[] }) {
  if (edits.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">Who set them</h2>
      <ul class="requests">
        {edits.map(({ at, by, codeUrl, projectUrl }) => (
          <li>
            <b>{by}</b>, {mediumDate(epochToDay(at))}: code {codeUrl ?? 'none'}, project page {projectUrl ?? 'none'}
          </li>
        ))}
      </ul>
    </section>
  );
}

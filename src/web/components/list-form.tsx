/** The fields of a list: what is in it, when it comes, how long it is. */

import { categoryName } from '#papers/category-names.ts';
import type { Subject } from '#feed/subjects.ts';
import { MOST_PAPERS } from '#subscriptions/list.ts';
import { WEEKDAYS } from '#subscriptions/rhythm-words.ts';
import { QUERY_LIMIT } from '#search/query/clean.ts';
import type { Child } from '#platform/jsx/jsx-runtime.ts';
import type { ListForm } from '../list-form.ts';

/** Longer texts are no list of names. */
const LINES_LIMIT = 10_000;

export interface ListFieldsProps {
  form: ListForm;
  /** To choose from. */
  categories: readonly Subject[];
  /** The choice of a time zone, where there is one. */
  zone?: Child;
}

export function ListFields({ form, categories, zone }: ListFieldsProps) {
  return (
    <>
      <input type="hidden" name="kind" value={form.kind} />
      {form.kind === 'alert' ? <Search q={form.searches} /> : <Topics form={form} categories={categories} />}
      <When form={form} />
      {zone}
      <label>
        <span>Papers in one mail, at most</span>
        <input type="number" name="most" value={form.most} min={1} max={MOST_PAPERS} required />
      </label>
      <label class="check">
        <input type="checkbox" name="repeats" checked={form.repeats} />
        <span>Papers that were sent to me before may come again</span>
      </label>
      <label class="check">
        <input type="checkbox" name="even_if_empty" checked={form.evenIfEmpty} />
        <span>Mail me also when there is nothing new</span>
      </label>
    </>
  );
}

function Search({ q }: { q: string }) {
  return (
    <label>
      <span>Search</span>
      <input name="searches" value={q} maxlength={QUERY_LIMIT} dir="auto" required />
      <small>New papers with all of its words are mailed to you.</small>
    </label>
  );
}

function Topics({ form, categories }: ListFieldsProps) {
  const { everything, authors, organizations, searches } = form;
  return (
    <fieldset>
      <legend>What</legend>
      <label class="check">
        <input type="checkbox" name="everything" checked={everything} />
        <span>What is trending, of everything</span>
      </label>
      <Categories chosen={form.categories} categories={categories} />
      <Lines name="authors" label="Authors" text={authors} help="One name a line, as on papers" />
      <Lines name="organizations" label="Organizations" text={organizations} help="One name a line" />
      <Lines name="searches" label="Searches" text={searches} help="One a line, with all the operators of the search" />
    </fieldset>
  );
}

function Lines({ name, label, text, help }: { name: string; label: string; text: string; help: string }) {
  return (
    <details class="topics" open={text !== ''}>
      <summary>{label}</summary>
      <label>
        <span class="unseen">{label}</span>
        <textarea name={name} rows={3} maxlength={LINES_LIMIT} dir="auto">
          {text}
        </textarea>
        <small>{help}.</small>
      </label>
    </details>
  );
}

/** Those that have papers here, and those that are chosen already. */
function Categories({ chosen, categories }: { chosen: readonly string[]; categories: readonly Subject[] }) {
  const keys = [...new Set([...categories.map(({ key }) => key), ...chosen])];
  if (keys.length === 0) return null;
  return (
    <details class="topics" open={chosen.length > 0}>
      <summary>Categories</summary>
      <ul class="checks">
        {keys.map((key) => (
          <li>
            <label class="check">
              <input type="checkbox" name="categories" value={key} checked={chosen.includes(key)} />
              <span>
                {categoryName(key) ?? key} <span class="quiet">{key.includes('.') ? key : `${key}, all of it`}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}

function When({ form }: { form: ListForm }) {
  return (
    <>
      <fieldset class="when">
        <legend>When</legend>
        <div class="row">
          <label>
            <input type="radio" name="frequency" value="daily" checked={form.frequency === 'daily'} />
            Every day
          </label>
          <span>
            <label>
              <input type="radio" name="frequency" value="weekly" checked={form.frequency === 'weekly'} />
              Once a week, on
            </label>
            <select name="weekday" aria-label="Day of the week, for weekly mails">
              {WEEKDAYS.map((name, index) => (
                <option value={index + 1} selected={index + 1 === form.weekday}>
                  {name}
                </option>
              ))}
            </select>
          </span>
        </div>
      </fieldset>
      <label>
        <span>Hour</span>
        <select name="hour">
          {Array.from({ length: 24 }, (_, hour) => (
            <option value={hour} selected={hour === form.hour}>
              {hour}:00
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

/** What has to be mended; nothing if there is nothing. */
export function Problems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <div class="problem-note" role="alert">
      {problems.map((problem) => (
        <p>{problem}</p>
      ))}
    </div>
  );
}

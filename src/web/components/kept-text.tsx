/** What was written in a form that cannot be taken: to be sent once more, or at least to be copied. Every field as it came. */

import { signInPath } from '../next-path.ts';

export interface KeptTextProps {
  /** Where it was sent: path and query. */
  action: string;
  /** In their order; a name may come several times. */
  fields: readonly (readonly [name: string, value: string])[];
  /** The page that it stood on, if it is known. */
  back: string | undefined;
  /** Whether it may be taken the next time: `again`; `signed-in`: once they are; `never`: all that is left is to copy it. */
  retry: 'again' | 'signed-in' | 'never';
}

/** Carries that page along: a browser that sends the form again names this page, which has no address to come back to. */
export const BACK_FIELD = 'way_back';

/** What people choose or a page knows: it stays as it was, out of sight. Whatever is not named here is shown. */
const CHOSEN = new Set(
  (
    'made_for kind id do t token next on off voted replyTo was preview scope format frequency weekday hour most everything categories ' +
    'repeats even_if_empty own_address plain any_age take_back delivery end'
  ).split(' '),
);

/** What typed fields are called, where their names do not say it. */
const LABELS = new Map([
  ['body', 'Your comment'],
  ['reason', 'The reason'],
  ['paper', 'arXiv id or address'],
  ['code', 'Code repository'],
  ['project', 'Project page'],
  ['email', 'Mail address'],
  ['url', 'Address'],
]);

/** A box that was ticked says 1 or nothing of its own. */
function isTyped([name, value]: readonly [string, string]): boolean {
  return !CHOSEN.has(name) && value !== '' && value !== '1' && value !== 'on';
}

/** Whether there is anything in it that somebody wrote. */
export function hasTyped(fields: KeptTextProps['fields']): boolean {
  return fields.some(isTyped);
}

/** What has lines, or may become long. */
const LONG = new Set(['body', 'reason', 'authors', 'organizations', 'searches']);

export function KeptText({ action, fields, back, retry }: KeptTextProps) {
  if (retry === 'never') return <ToCopy fields={fields} />;
  // Forms with several buttons say by it which one was pressed.
  const pressed = fields.find(([name, value]) => name === 'do' && value !== '')?.[1];
  return (
    <form class="form" method="post" action={action}>
      <p>
        What you wrote is still here{retry === 'again' && ':'}
        {retry === 'signed-in' && (
          <>
            .{' '}
            <a href={signInPath('/')} target="_blank" rel="noopener">
              Sign in in another window
            </a>
            , then send it again:
          </>
        )}
      </p>
      {fields.map((field) => (
        <Field name={field[0]} value={field[1]} isShown={isTyped(field)} />
      ))}
      {back !== undefined && <input type="hidden" name={BACK_FIELD} value={back} />}
      <p class="row">
        <button class="main">Send it again{pressed !== undefined && ` (${pressed})`}</button>
      </p>
    </form>
  );
}

/** A button that fails once more would be no help. */
function ToCopy({ fields }: Pick<KeptTextProps, 'fields'>) {
  return (
    <div class="form">
      <p>What you wrote was not kept by the site. Copy it from here:</p>
      {fields.filter(isTyped).map(([name, value]) => (
        <Field name={name} value={value} isShown isFixed />
      ))}
    </div>
  );
}

interface FieldProps {
  name: string;
  value: string;
  isShown: boolean;
  isFixed?: boolean;
}

function Field({ name, value, isShown, isFixed = false }: FieldProps) {
  if (!isShown) return <input type="hidden" name={name} value={value} />;
  const words = name.replaceAll('_', ' ');
  return (
    <label>
      <span>{LABELS.get(name) ?? words.charAt(0).toUpperCase() + words.slice(1)}</span>
      {LONG.has(name) ? (
        // A line end after the tag is dropped by browsers, so that one of the text's own must follow it.
        <textarea name={name} rows={name === 'body' ? 7 : 3} dir="auto" readonly={isFixed} autocomplete="off">
          {`\n${value}`}
        </textarea>
      ) : (
        <input name={name} value={value} dir="auto" readonly={isFixed} autocomplete="off" />
      )}
    </label>
  );
}

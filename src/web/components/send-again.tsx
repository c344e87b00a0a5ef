/** A form that was sent too early, to be sent once more: every field as it came, and what was written in sight. */

export interface SendAgainProps {
  /** Where it was sent: path and query. */
  action: string;
  /** In their order; a name may come several times. */
  fields: readonly (readonly [name: string, value: string])[];
  /** The page that it stood on, if it is known. */
  back: string | undefined;
}

/** Carries that page along: a browser that sends the form again names this page, which has no address to come back to. */
export const BACK_FIELD = 'way_back';

/** What people type, by the names of fields; all others are choices, which stay as they were. */
const TYPED = new Map([
  ['body', 'Your comment'],
  ['reason', 'The reason'],
  ['paper', 'arXiv id or address'],
  ['code', 'Code repository'],
  ['project', 'Project page'],
  ['email', 'Mail address'],
  ['full_name', 'Full name'],
  ['name', 'Name'],
  ['url', 'Address'],
  ['search', 'Search'],
  ['authors', 'Authors'],
  ['organizations', 'Organizations'],
  ['searches', 'Searches'],
]);

/** What has lines, or may become long. */
const LONG = new Set(['body', 'reason', 'authors', 'organizations', 'searches']);

export function SendAgain({ action, fields, back }: SendAgainProps) {
  const isTyped = fields.some(([name, value]) => TYPED.has(name) && value !== '');
  return (
    <form class="form" method="post" action={action}>
      {isTyped && <p>What you wrote is still here:</p>}
      {fields.map(([name, value]) => (
        <Field name={name} value={value} />
      ))}
      {back !== undefined && <input type="hidden" name={BACK_FIELD} value={back} />}
      <p class="row">
        <button class="main">Send it again</button>
      </p>
    </form>
  );
}

function Field({ name, value }: { name: string; value: string }) {
  const label = TYPED.get(name);
  if (label === undefined) return <input type="hidden" name={name} value={value} />;
  return (
    <label>
      <span>{label}</span>
      {LONG.has(name) ? (
        // A line end after the tag is dropped by browsers, so that one of the text's own must follow it.
        <textarea name={name} rows={name === 'body' ? 7 : 3} dir="auto">
          {`\n${value}`}
        </textarea>
      ) : (
        <input name={name} value={value} dir="auto" />
      )}
    </label>
  );
}

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

/** What people choose or a page knows: it stays as it was, out of sight. Whatever is not named here is shown. */
const CHOSEN = new Set(
  (
    'kind id do t token next on off voted replyTo preview scope format frequency weekday hour most everything categories ' +
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
export function hasTyped(fields: SendAgainProps['fields']): boolean {
  return fields.some(isTyped);
}

/** What has lines, or may become long. */
const LONG = new Set(['body', 'reason', 'authors', 'organizations', 'searches']);

export function SendAgain({ action, fields, back }: SendAgainProps) {
  // Forms with several buttons say by it which one was pressed.
  const pressed = fields.find(([name, value]) => name === 'do' && value !== '')?.[1];
  return (
    <form class="form" method="post" action={action}>
      <p>What you wrote is still here:</p>
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

function Field({ name, value, isShown }: { name: string; value: string; isShown: boolean }) {
  if (!isShown) return <input type="hidden" name={name} value={value} />;
  const words = name.replaceAll('_', ' ');
  return (
    <label>
      <span>{LABELS.get(name) ?? words.charAt(0).toUpperCase() + words.slice(1)}</span>
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

/** A form that asks for a reason, and what to do. */

export interface ReasonFormProps {
  path: string;
  hidden: Record<string, string>;
  reason: string;
  limit: number;
  problem?: string | undefined;
  label: string;
  /** Who reads it, where that is not plain. */
  hint?: string;
  /** Value of `do` and what the button says. */
  buttons: readonly (readonly [string, string])[];
}

export function ReasonForm({ path, hidden, reason, limit, problem, label, hint, buttons }: ReasonFormProps) {
  return (
    <form class="form" method="post" action={path}>
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {problem !== undefined && (
        <p class="problem-note" role="alert" id="problem">
          {problem}
        </p>
      )}
      <label>
        <span>{label}</span>
        <textarea
          name="reason"
          rows={3}
          required
          maxlength={limit}
          aria-describedby={problem === undefined ? undefined : 'problem'}
        >
          {`\n${reason}`}
        </textarea>
        {hint !== undefined && <small>{hint}</small>}
      </label>
      <p class="row">
        {buttons.map(([value, text]) => (
          <button name="do" value={value}>
            {text}
          </button>
        ))}
      </p>
    </form>
  );
}

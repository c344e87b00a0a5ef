/** “Mail me new matches”, on every search page. */

/** `isSignedIn`: their address is known. */
export function AlertForm({ q, isSignedIn }: { q: string; isSignedIn: boolean }) {
  return (
    <details class="alert">
      <summary>Mail me new matches</summary>
      <form method="post" action="/subscribe">
        <input type="hidden" name="kind" value="alert" />
        <input type="hidden" name="searches" value={q} />
        <own-zone>
          <input type="hidden" name="time_zone" value="" />
        </own-zone>
        {isSignedIn ? (
          <input type="hidden" name="own_address" value="1" />
        ) : (
          <label>
            <span class="unseen">Mail address</span>
            <input type="email" name="email" placeholder="Mail address" autocomplete="email" maxlength={254} required />
          </label>
        )}
        <label>
          <span class="unseen">How often</span>
          <select name="frequency">
            <option value="daily">every day</option>
            <option value="weekly">once a week</option>
          </select>
        </label>
        <button>Tell me</button>
      </form>
    </details>
  );
}

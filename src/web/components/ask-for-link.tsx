/** Where a link from a mail does not work: has a new one mailed to whoever gets mail, and nothing to anybody else. */

export function AskForLink() {
  return (
    <form class="form" method="post" action="/subscribe/link">
      <label>
        <span>Or have a new link mailed to you, to change or end what comes</span>
        <input type="email" name="email" required maxlength={254} autocomplete="email" placeholder="Mail address" />
      </label>
      <p>
        <button>Mail me a link</button>
      </p>
    </form>
  );
}

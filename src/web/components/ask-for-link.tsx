/** Where a link from a mail does not work: has a new one mailed to whoever gets mail, and says to others how to. */

export function AskForLink() {
  return (
    <form class="form" method="post" action="/subscribe">
      <input type="hidden" name="plain" value="1" />
      <input type="hidden" name="everything" value="1" />
      <input type="hidden" name="link" value="1" />
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

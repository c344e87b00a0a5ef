/** Decides whether what stands between two dollar signs is a formula, prose set in dollars, or the text between two prices. */

export type Between = 'formula' | 'prose' | 'not-a-pair';

/** Commands whose argument is text, so that words in it say nothing against a formula. */
const textArguments =
  /\\(?:text[a-z]*|math(?:rm|tt|sf|it|bf|cal|bb|frak|scr|op)|operatorname\*?|mbox|hbox|emph|boldsymbol|rm|bf|it|tt)\s*(?:\{[^{}]*\}|(?=\s))/g;

/** A word of prose: three letters or more, not part of a command. `if`, `ms`, `dB` do occur in formulas. */
const words = /(?<![\\A-Za-z])[A-Za-z]{3,}(?![A-Za-z])/g;

/** What only a formula holds. */
const signs = /[\\^_=<>]/;

/** `after` is the text that follows the closing dollar; only its first character matters. */
export function judgeDollars(content: string, after: string): Between {
  if (content.trim() === '') return 'not-a-pair';
  // `$\href{https://…}{code}$`: dollars put around a link.
  if (/^\s*\\(?:href|url)\s*\{/.test(content)) return 'prose';
  const bare = content.replace(textArguments, ' ');
  const prose = bare.match(words)?.length ?? 0;
  const formal = signs.test(content);
  const loose = /\s$/.test(content) || /^\d/.test(after);
  // `$5 and $10`, `$250, and an average of $306`: an amount, and the next dollar belongs to what follows.
  if (/^\d/.test(content) && !formal && (loose || prose >= 2)) return 'not-a-pair';
  // A sentence between two formulas (or prices) that were paired off by one.
  if (/[.;?!)]\s+[A-Z][a-z]+\s+[a-z]{2,}/.test(bare)) return 'not-a-pair';
  // Three words in a row are no formula: a slip such as `$World Preference Modeling$`, or a wrong pair.
  if (/(?:(?<![\\A-Za-z])[A-Za-z]{3,}[ ,]+){2}[A-Za-z]{3,}/.test(bare) || (prose >= 3 && !formal)) {
    return loose || /^\s/.test(content) || formal || prose > 6 ? 'not-a-pair' : 'prose';
  }
  return 'formula';
}

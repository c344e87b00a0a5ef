/** Formula commands that plain text can follow: those that vanish, those that show their argument, those that mark a letter. */

export const ignored: ReadonlySet<string> = new Set(
  `left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr Biggl Biggr limits nolimits
  displaystyle textstyle scriptstyle scriptscriptstyle rm bf it sf tt cal mathstrut strut nonumber notag
  boldmath unboldmath sc em`.split(/\s+/),
);

export const transparent: ReadonlySet<string> = new Set(
  `mathcal mathbf mathrm mathit mathsf mathtt mathfrak mathscr mathnormal mathop mathbin mathrel mathord boldsymbol bm
  pmb text textbf textit textrm textsf texttt textsc textnormal textup emph mbox hbox operatorname operatornamewithlimits
  underline overline underbrace overbrace widehat widetilde boxed ensuremath textsuperscript textsubscript mathchar
  smash xspace`.split(/\s+/),
);

/** Accents over one letter → combining mark. */
export const overLetter: ReadonlyMap<string, string> = new Map([
  ['hat', '\u0302'],
  ['tilde', '\u0303'],
  ['bar', '\u0304'],
  ['dot', '\u0307'],
  ['ddot', '\u0308'],
  ['check', '\u030C'],
  ['acute', '\u0301'],
  ['grave', '\u0300'],
  ['breve', '\u0306'],
  ['vec', '\u20D7'],
  ['mathring', '\u030A'],
]);

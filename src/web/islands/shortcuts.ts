/** The keys that the site knows: one list for the script and for the page that explains them. */

export interface Shortcut {
  keys: readonly string[];
  meaning: string;
}

export const shortcuts: readonly Shortcut[] = [
  { keys: ['j', 'k'], meaning: 'next and previous paper' },
  { keys: ['o', 'Enter'], meaning: 'open the paper' },
  { keys: ['/'], meaning: 'search' },
  { keys: ['?'], meaning: 'show this list' },
  { keys: ['Esc'], meaning: 'close it' },
];

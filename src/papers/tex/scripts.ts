/** Letters and signs that Unicode has raised, lowered, or in another alphabet, for formulas without markup. */

const superscripts = mapped(
  '0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW∘′⊤*',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ°′ᵀ*',
);

const subscripts = mapped('0123456789+-=()aehijklmnoprstuvxβγρφχ', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ');

/** Longer scripts, and words (`ₘₐₓ`), are harder to read than `_max`. */
const maxScript = 4;
const word = /^[a-z]{3,}$/i;

/** `x²`, `x_(i,j)`: a script in Unicode where all of it exists, marked by `^` or `_` where not. */
export function script(sign: '^' | '_', text: string): string {
  const content = text.trim();
  if (content === '') return '';
  const table = sign === '^' ? superscripts : subscripts;
  const signs = [...content.replace(/\s*([+=-])\s*/g, '$1')];
  const raised = signs.map((letter) => table.get(letter));
  if (signs.length <= maxScript && !word.test(content) && raised.every((letter) => letter !== undefined))
    return raised.join('');
  if (/^[′†‡]+$/.test(content)) return content;
  return /^[\p{L}\p{N}]+$/u.test(content) || signs.length === 1 ? sign + content : `${sign}(${content})`;
}

const blackboard = mapped('CHNPQRZEIFDKS1', 'ℂℍℕℙℚℝℤ𝔼𝕀𝔽𝔻𝕂𝕊𝟙');

/** `\mathbb{R}` as ℝ; letters seldom set so stay plain. */
export function blackboardBold(text: string): string {
  return [...text].map((letter) => blackboard.get(letter) ?? letter).join('');
}

function mapped(from: string, to: string): ReadonlyMap<string, string> {
  const targets = [...to];
  return new Map([...from].map((sign, index) => [sign, targets[index] ?? sign]));
}

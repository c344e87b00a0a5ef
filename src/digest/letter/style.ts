/**
 * How a mail looks. Mail programs read the style attribute of each element and little else: the colours of day stand
 * there. Those that know more also read the style element, which brings those of the night and the narrow screen.
 */

const SERIF = "Charter, 'Iowan Old Style', Georgia, Cambria, 'Liberation Serif', 'Times New Roman', serif";
const SANS = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** Every pair reaches 4.5:1. As the site's own, see its tokens. */
const DAY = { paper: '#fbfaf6', ink: '#1b1a17', muted: '#625f57', rule: '#dcd8cc', accent: '#8a1c1c' };
const NIGHT = { paper: '#161512', ink: '#e9e6dd', muted: '#a8a498', rule: '#38352e', accent: '#ec9a8b' };

export const style = {
  body: `margin:0;padding:0;background:${DAY.paper};color:${DAY.ink}`,
  preview: 'display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden',
  outer: `background:${DAY.paper}`,
  column: 'width:100%;max-width:600px',
  head: `padding:28px 24px 12px;border-bottom:3px double ${DAY.ink};text-align:center`,
  name: `margin:0;font:bold 30px/1.15 ${SERIF}`,
  nameLink: `color:${DAY.ink};text-decoration:none`,
  tagline: `margin:2px 0 0;font:13px/1.4 ${SANS};color:${DAY.muted}`,
  dateRow: `padding:9px 24px;border-bottom:1px solid ${DAY.rule};font:13px/1.4 ${SANS};color:${DAY.muted};text-align:center`,
  item: `padding:20px 24px 18px;border-bottom:1px solid ${DAY.rule}`,
  title: `margin:0;font:bold 19px/1.3 ${SERIF}`,
  titleLink: `color:${DAY.ink};text-decoration:none`,
  byline: `margin:4px 0 0;font:13px/1.4 ${SANS};color:${DAY.muted}`,
  gist: `margin:8px 0 0;font:16px/1.5 ${SERIF};color:${DAY.ink}`,
  by: `font:12px/1.4 ${SANS};color:${DAY.muted};white-space:nowrap`,
  facts: `margin:8px 0 0;font:13px/1.4 ${SANS};color:${DAY.muted}`,
  votes: `color:${DAY.accent};font-weight:bold`,
  empty: `padding:28px 24px;font:16px/1.5 ${SERIF};color:${DAY.ink}`,
  more: `padding:20px 24px;font:bold 14px/1.4 ${SANS};text-align:center;border-bottom:1px solid ${DAY.rule}`,
  accentLink: `color:${DAY.accent}`,
  foot: `padding:18px 24px 36px;font:12px/1.6 ${SANS};color:${DAY.muted}`,
  footLine: 'margin:0 0 8px',
  footLink: `color:${DAY.muted}`,
} as const;

export const styleSheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
a:focus { outline: 2px solid ${DAY.accent}; outline-offset: 2px; }
@media (max-width: 480px) {
  .pad { padding-left: 16px !important; padding-right: 16px !important; }
}
@media (prefers-color-scheme: dark) {
  .paper { background: ${NIGHT.paper} !important; }
  .ink { color: ${NIGHT.ink} !important; }
  .muted { color: ${NIGHT.muted} !important; }
  .accent { color: ${NIGHT.accent} !important; }
  .rule { border-color: ${NIGHT.rule} !important; }
  .head { border-color: ${NIGHT.ink} !important; }
}`;

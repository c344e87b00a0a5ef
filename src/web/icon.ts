/** The site's icon, a folded sheet with a headline, in every format that browsers ask for. */

import { crc32, deflateSync } from 'node:zlib';

type Rectangle = [left: number, top: number, width: number, height: number, isInk: boolean];

const PAPER = 'fbfaf6';
/** The light theme's accent colour. */
const INK = '8a1c1c';
/** The sides of the square in which it is drawn. */
const SIDE = 32;

const SHAPES: readonly Rectangle[] = [
  [5, 2, 22, 28, true],
  [7, 4, 18, 24, false],
  [10, 8, 12, 2, true],
  [10, 13, 12, 2, true],
  [10, 17, 12, 2, true],
  [10, 21, 7, 2, true],
];

export function iconSvg(): string {
  const shapes = SHAPES.map(
    ([x, y, width, height, isInk]) =>
      `<path fill="#${isInk ? INK : PAPER}" d="M${x} ${y}h${width}v${height}h-${width}z"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}">${shapes.join('')}</svg>`;
}

/** 32 × 32 on nothing, as a PNG in an ICO: what old browsers and link previews ask for without being told. */
export function iconIco(): Uint8Array<ArrayBuffer> {
  const png = iconPng(1, 0);
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2); // an icon
  head.writeUInt16LE(1, 4); // of one image
  head.writeUInt8(SIDE, 6);
  head.writeUInt8(SIDE, 7);
  head.writeUInt16LE(1, 10); // colour plane
  head.writeUInt16LE(8, 12); // bits per pixel
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return new Uint8Array(Buffer.concat([head, png]));
}

/** 180 × 180, the size that phones ask for, on paper up to the edge: they round the corners themselves. */
export function touchIconPng(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(iconPng(5, 10));
}

/** Three colours: nothing, paper, ink. With a margin, nothing is paper as well. */
function iconPng(scale: number, margin: number): Buffer {
  const side = SIDE * scale + 2 * margin;
  const stride = side + 1; // each line begins with its filter, 0 for none
  const pixels = Buffer.alloc(stride * side);
  for (const [left, top, width, height, isInk] of SHAPES) {
    const from = 1 + margin + left * scale;
    for (let y = margin + top * scale; y < margin + (top + height) * scale; y += 1) {
      pixels.fill(isInk ? 2 : 1, y * stride + from, y * stride + from + width * scale);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 3], 8); // 8 bits per pixel, from a palette
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(PAPER + PAPER + INK, 'hex')),
    ...(margin === 0 ? [chunk('tRNS', Buffer.from([0]))] : []),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

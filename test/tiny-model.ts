/** Makes a model of a few hundred bytes in the form that transformers.js loads: ONNX, with a vector for each word. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Row by row; each word's vector. */
export type TinyWords = Record<string, readonly number[]>;

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/** `folder` gets config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx. Unknown words are all zeros. */
export function writeTinyModel(folder: string, words: TinyWords): void {
  const dimensions = Object.values(words)[0]?.length ?? 0;
  const vocabulary = [...SPECIAL, ...Object.keys(words)];
  const rows = [...SPECIAL.map(() => Array.from({ length: dimensions }, () => 0)), ...Object.values(words)];
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const writeJson = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
  writeJson('config.json', { model_type: 'bert', architectures: ['BertModel'], hidden_size: dimensions });
  writeJson('tokenizer_config.json', { tokenizer_class: 'BertTokenizer', model_max_length: 16, pad_token: '[PAD]' });
  writeJson('tokenizer.json', {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, id) => ({ id, content, special: true, normalized: false })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
    },
  });
  writeFileSync(join(folder, 'onnx', 'model.onnx'), lookupModel(rows, dimensions));
}

/** One node: last_hidden_state = Gather(table, input_ids). Field numbers are those of onnx.proto. */
function lookupModel(rows: readonly (readonly number[])[], dimensions: number): Uint8Array {
  const FLOAT = 1;
  const INT64 = 7;
  const table = [
    field(1, rows.length),
    field(1, dimensions),
    field(2, FLOAT),
    field(8, 'table'),
    field(9, Buffer.from(Float32Array.from(rows.flat()).buffer)),
  ];
  const graph = [
    field(1, [field(1, 'table'), field(1, 'input_ids'), field(2, 'last_hidden_state'), field(4, 'Gather')]),
    field(2, 'tiny'),
    field(5, table),
    field(11, [field(1, 'input_ids'), field(2, tensorType(INT64, ['texts', 'words']))]),
    field(12, [field(1, 'last_hidden_state'), field(2, tensorType(FLOAT, ['texts', 'words', dimensions]))]),
  ];
  const IR_VERSION = 8;
  const OPERATORS = 13;
  return Buffer.concat([field(1, IR_VERSION), field(7, graph), field(8, [field(1, ''), field(2, OPERATORS)])]);
}

function tensorType(type: number, shape: readonly (string | number)[]): Buffer[] {
  const sizes = shape.map((size) => field(1, [typeof size === 'number' ? field(1, size) : field(2, size)]));
  return [field(1, [field(1, type), field(2, sizes)])];
}

/** A field of a protocol buffer: a whole number, a text, bytes, or the fields of a message. */
function field(number: number, value: number | string | Buffer | Buffer[]): Buffer {
  if (typeof value === 'number') return Buffer.concat([varint(number << 3), varint(value)]);
  const bytes = Array.isArray(value) ? Buffer.concat(value) : Buffer.from(value as string);
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return Buffer.from([...bytes, rest]);
}

/** What we hand out and want back unchanged carries a signature (HMAC-SHA-256). */

import { createHmac, timingSafeEqual } from 'node:crypto';

export function sign(text: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

export function isSignature(signature: Buffer, text: string, secret: string): boolean {
  const right = sign(text, secret);
  return signature.length === right.length && timingSafeEqual(signature, right);
}

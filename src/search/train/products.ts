/** The one dense operation of training: dot products of the rows of two matrices. */

/** Rows of `width` numbers, one after the other. */
export interface Matrix {
  data: Float64Array;
  width: number;
}

/** `out[i][j] = left[i] · right[j]` for i in [from, to) and every row of `right`; `from`, `to` and the rows even. */
export function products(left: Matrix, right: Matrix, out: Matrix, from: number, to: number): void {
  const { width } = left;
  const [a, b, c] = [left.data, right.data, out.data];
  const columns = out.width;
  // Two rows by two: four sums fit the registers and halve what is read.
  for (let i = from; i < to; i += 2) {
    const a0 = i * width;
    const a1 = a0 + width;
    for (let j = 0; j < columns; j += 2) {
      const b0 = j * width;
      const b1 = b0 + width;
      let [s00, s01, s10, s11] = [0, 0, 0, 0];
      for (let k = 0; k < width; k++) {
        const x0 = a[a0 + k] as number;
        const x1 = a[a1 + k] as number;
        const y0 = b[b0 + k] as number;
        const y1 = b[b1 + k] as number;
        s00 += x0 * y0;
        s01 += x0 * y1;
        s10 += x1 * y0;
        s11 += x1 * y1;
      }
      c[i * columns + j] = s00;
      c[i * columns + j + 1] = s01;
      c[(i + 1) * columns + j] = s10;
      c[(i + 1) * columns + j + 1] = s11;
    }
  }
}

/** Columns [from, to) of `matrix` become rows of `out`. */
export function transpose(matrix: Matrix, out: Matrix, from: number, to: number): void {
  for (let column = from; column < to; column++) {
    for (let row = 0; row < out.width; row++) {
      out.data[column * out.width + row] = matrix.data[row * matrix.width + column] as number;
    }
  }
}

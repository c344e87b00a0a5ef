;; Exact cosines of vectors, for which plain JavaScript takes ten times as long.
;; `npm run wasm` makes scan.wasm of it. vector-index.ts says what lies where in the memory.

(module
  (import "index" "memory" (memory 1))

  ;; The cosines of the `size` rows whose places stand at `places` with the question, written to `out` (32-bit floating
  ;; point); 0 for a place below 0. A cosine is the sum of a row's bytes times the question's 16-bit numbers, times the row's
  ;; scale, times `factor`, which makes the question's numbers a vector of unit length. No sum is beyond 32 bits: who writes
  ;; the question sees to it. Four rows go together, so that they are waited for together; after the last one, it is
  ;; reckoned again. Before they are reckoned, something of each line of the next four is read, so that these are on their
  ;; way: most of the time would be waiting for memory. What is returned says nothing; without it nothing would be read.
  (func (export "cosines")
    (param $bytes i32) (param $scales i32) (param $places i32) (param $size i32) (param $question i32)
    (param $stride i32) (param $factor f32) (param $out i32) (result i32)
    (local $at i32) (local $number i32) (local $end i32) (local $asked v128) (local $touched i32)
    (local $row0 i32) (local $row1 i32) (local $row2 i32) (local $row3 i32)
    (local $sum0 v128) (local $sum1 v128) (local $sum2 v128) (local $sum3 v128)
    (local.set $end (i32.add (local.get $question) (i32.shl (local.get $stride) (i32.const 1))))
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $at) (local.get $size)))
        (local.set $touched
          (i32.xor
            (local.get $touched)
            (call $touch
              (local.get $bytes) (local.get $places) (local.get $size) (local.get $stride)
              (i32.add (local.get $at) (i32.const 4)))))
        (local.set $row0 (call $rowAt (local.get $bytes) (local.get $places) (local.get $size) (local.get $stride) (local.get $at)))
        (local.set $row1
          (call $rowAt (local.get $bytes) (local.get $places) (local.get $size) (local.get $stride) (i32.add (local.get $at) (i32.const 1))))
        (local.set $row2
          (call $rowAt (local.get $bytes) (local.get $places) (local.get $size) (local.get $stride) (i32.add (local.get $at) (i32.const 2))))
        (local.set $row3
          (call $rowAt (local.get $bytes) (local.get $places) (local.get $size) (local.get $stride) (i32.add (local.get $at) (i32.const 3))))
        (local.set $sum0 (v128.const i32x4 0 0 0 0))
        (local.set $sum1 (v128.const i32x4 0 0 0 0))
        (local.set $sum2 (v128.const i32x4 0 0 0 0))
        (local.set $sum3 (v128.const i32x4 0 0 0 0))
        (local.set $number (local.get $question))
        (loop $numbers
          (local.set $asked (v128.load (local.get $number)))
          (local.set $sum0 (i32x4.add (local.get $sum0) (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row0)) (local.get $asked))))
          (local.set $sum1 (i32x4.add (local.get $sum1) (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row1)) (local.get $asked))))
          (local.set $sum2 (i32x4.add (local.get $sum2) (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row2)) (local.get $asked))))
          (local.set $sum3 (i32x4.add (local.get $sum3) (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row3)) (local.get $asked))))
          (local.set $row0 (i32.add (local.get $row0) (i32.const 8)))
          (local.set $row1 (i32.add (local.get $row1) (i32.const 8)))
          (local.set $row2 (i32.add (local.get $row2) (i32.const 8)))
          (local.set $row3 (i32.add (local.get $row3) (i32.const 8)))
          (local.set $number (i32.add (local.get $number) (i32.const 16)))
          (br_if $numbers (i32.lt_u (local.get $number) (local.get $end))))
        (call $writeCosine (local.get $scales) (local.get $places) (local.get $size) (local.get $factor) (local.get $out) (local.get $at) (local.get $sum0))
        (call $writeCosine
          (local.get $scales) (local.get $places) (local.get $size) (local.get $factor) (local.get $out)
          (i32.add (local.get $at) (i32.const 1)) (local.get $sum1))
        (call $writeCosine
          (local.get $scales) (local.get $places) (local.get $size) (local.get $factor) (local.get $out)
          (i32.add (local.get $at) (i32.const 2)) (local.get $sum2))
        (call $writeCosine
          (local.get $scales) (local.get $places) (local.get $size) (local.get $factor) (local.get $out)
          (i32.add (local.get $at) (i32.const 3)) (local.get $sum3))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $rows)))
    (local.get $touched))

  ;; Reads a byte of each 64 of the four rows from number `at` of `places` on.
  (func $touch (param $bytes i32) (param $places i32) (param $size i32) (param $stride i32) (param $at i32) (result i32)
    (local $row0 i32) (local $row1 i32) (local $row2 i32) (local $row3 i32) (local $end i32) (local $touched i32)
    (local.set $row0 (call $rowAt (local.get $bytes) (local.get $places) (local.get $size) (local.get $stride) (local.get $at)))
    (local.set $row1
      (call $rowAt (local.get $bytes) (local.get $places) (local.get $size) (local.get $stride) (i32.add (local.get $at) (i32.const 1))))
    (local.set $row2
      (call $rowAt (local.get $bytes) (local.get $places) (local.get $size) (local.get $stride) (i32.add (local.get $at) (i32.const 2))))
    (local.set $row3
      (call $rowAt (local.get $bytes) (local.get $places) (local.get $size) (local.get $stride) (i32.add (local.get $at) (i32.const 3))))
    (local.set $end (i32.add (local.get $row0) (local.get $stride)))
    (loop $lines
      (local.set $touched
        (i32.xor
          (local.get $touched)
          (i32.xor
            (i32.xor (i32.load8_u (local.get $row0)) (i32.load8_u (local.get $row1)))
            (i32.xor (i32.load8_u (local.get $row2)) (i32.load8_u (local.get $row3))))))
      (local.set $row0 (i32.add (local.get $row0) (i32.const 64)))
      (local.set $row1 (i32.add (local.get $row1) (i32.const 64)))
      (local.set $row2 (i32.add (local.get $row2) (i32.const 64)))
      (local.set $row3 (i32.add (local.get $row3) (i32.const 64)))
      (br_if $lines (i32.lt_u (local.get $row0) (local.get $end))))
    (local.get $touched))

  ;; Where the row begins whose place stands at number `at` of `places`, or at the last one; a place below 0 is taken for 0.
  (func $rowAt (param $bytes i32) (param $places i32) (param $size i32) (param $stride i32) (param $at i32) (result i32)
    (local $place i32)
    (local.set $place
      (i32.load
        (i32.add
          (local.get $places)
          (i32.shl
            (select (local.get $at) (i32.sub (local.get $size) (i32.const 1)) (i32.lt_u (local.get $at) (local.get $size)))
            (i32.const 2)))))
    (i32.add
      (local.get $bytes)
      (i32.mul
        (select (local.get $place) (i32.const 0) (i32.ge_s (local.get $place) (i32.const 0)))
        (local.get $stride))))

  ;; Nothing is written beyond the last one.
  (func $writeCosine
    (param $scales i32) (param $places i32) (param $size i32) (param $factor f32) (param $out i32) (param $at i32)
    (param $sum v128)
    (local $place i32) (local $cosine f32)
    (if (i32.lt_u (local.get $at) (local.get $size))
      (then
        (local.set $place (i32.load (i32.add (local.get $places) (i32.shl (local.get $at) (i32.const 2)))))
        (if (i32.ge_s (local.get $place) (i32.const 0))
          (then
            (local.set $cosine
              (f32.mul
                (f32.mul
                  (f32.convert_i32_s (call $total (local.get $sum)))
                  (f32.load (i32.add (local.get $scales) (i32.shl (local.get $place) (i32.const 2)))))
                (local.get $factor)))))
        (f32.store (i32.add (local.get $out) (i32.shl (local.get $at) (i32.const 2))) (local.get $cosine)))))

  (func $total (param $sum v128) (result i32)
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
      (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))

  ;; The cosine of each of the `size` rows at `places` with each, a row of `size` for each of them at `out` (32-bit floating
  ;; point): 0 with itself, and where a place is below 0.
  (func (export "closeness")
    (param $bytes i32) (param $scales i32) (param $places i32) (param $size i32) (param $stride i32) (param $out i32)
    (local $a i32) (local $b i32) (local $one i32) (local $other i32) (local $cosine f32)
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $a) (local.get $size)))
        (local.set $one (i32.load (i32.add (local.get $places) (i32.shl (local.get $a) (i32.const 2)))))
        (local.set $b (i32.const 0))
        (loop $others
          (local.set $cosine (f32.const 0))
          (local.set $other (i32.load (i32.add (local.get $places) (i32.shl (local.get $b) (i32.const 2)))))
          (if
            (i32.and
              (i32.ne (local.get $a) (local.get $b))
              (i32.ge_s (i32.or (local.get $one) (local.get $other)) (i32.const 0)))
            (then
              (local.set $cosine
                (f32.mul
                  (f32.mul
                    (f32.convert_i32_s
                      (call $product
                        (i32.add (local.get $bytes) (i32.mul (local.get $one) (local.get $stride)))
                        (i32.add (local.get $bytes) (i32.mul (local.get $other) (local.get $stride)))
                        (local.get $stride)))
                    (f32.load (i32.add (local.get $scales) (i32.shl (local.get $one) (i32.const 2)))))
                  (f32.load (i32.add (local.get $scales) (i32.shl (local.get $other) (i32.const 2))))))))
          (call $write (local.get $out) (local.get $size) (local.get $a) (local.get $b) (local.get $cosine))
          (call $write (local.get $out) (local.get $size) (local.get $b) (local.get $a) (local.get $cosine))
          (local.set $b (i32.add (local.get $b) (i32.const 1)))
          (br_if $others (i32.le_u (local.get $b) (local.get $a))))
        (local.set $a (i32.add (local.get $a) (i32.const 1)))
        (br $rows))))

  (func $write (param $out i32) (param $size i32) (param $row i32) (param $column i32) (param $value f32)
    (f32.store
      (i32.add
        (local.get $out)
        (i32.shl (i32.add (i32.mul (local.get $row) (local.get $size)) (local.get $column)) (i32.const 2)))
      (local.get $value)))

  ;; The sum of the products of the bytes of two rows.
  (func $product (param $one i32) (param $other i32) (param $stride i32) (result i32)
    (local $end i32) (local $sum v128)
    (local.set $end (i32.add (local.get $one) (local.get $stride)))
    (loop $numbers
      (local.set $sum
        (i32x4.add
          (local.get $sum)
          (i32x4.add
            (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $one)) (v128.load8x8_s (local.get $other)))
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $one)) (v128.load8x8_s offset=8 (local.get $other))))))
      (local.set $one (i32.add (local.get $one) (i32.const 16)))
      (local.set $other (i32.add (local.get $other) (i32.const 16)))
      (br_if $numbers (i32.lt_u (local.get $one) (local.get $end))))
    (call $total (local.get $sum))))

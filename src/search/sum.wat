;; Sums of vectors of bytes, each multiplied by a number of its own: what plain JavaScript takes five times as long for.
;; `npm run wasm` makes sum.wasm of it. embed.ts says what lies where in the memory.

(module
  (import "index" "memory" (memory 1))

  ;; Writes to `out` (64-bit floating point) the sum of the vectors that begin at the addresses in `starts` (32 bits
  ;; each), times their `factors` (64-bit floating point): one after another, so that the result is the same wherever it
  ;; is made. Sixteen numbers of all vectors at a time; up to fifteen more than `dimensions` are read and written.
  (func (export "sum")
    (param $starts i32) (param $factors i32) (param $rows i32) (param $dimensions i32) (param $out i32)
    (local $at i32) (local $row i32) (local $bytes v128) (local $factor v128) (local $half v128) (local $four v128)
    (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
    (local $s4 v128) (local $s5 v128) (local $s6 v128) (local $s7 v128)
    (block $done
      (loop $numbers
        (br_if $done (i32.ge_u (local.get $at) (local.get $dimensions)))
        (local.set $s0 (v128.const i64x2 0 0))
        (local.set $s1 (v128.const i64x2 0 0))
        (local.set $s2 (v128.const i64x2 0 0))
        (local.set $s3 (v128.const i64x2 0 0))
        (local.set $s4 (v128.const i64x2 0 0))
        (local.set $s5 (v128.const i64x2 0 0))
        (local.set $s6 (v128.const i64x2 0 0))
        (local.set $s7 (v128.const i64x2 0 0))
        (local.set $row (i32.const 0))
        (block $added
          (loop $vectors
            (br_if $added (i32.ge_u (local.get $row) (local.get $rows)))
            (local.set $bytes
              (v128.load
                (i32.add
                  (i32.load (i32.add (local.get $starts) (i32.shl (local.get $row) (i32.const 2))))
                  (local.get $at))))
            (local.set $factor
              (v128.load64_splat (i32.add (local.get $factors) (i32.shl (local.get $row) (i32.const 3)))))
            (local.set $half (i16x8.extend_low_i8x16_s (local.get $bytes)))
            (local.set $four (i32x4.extend_low_i16x8_s (local.get $half)))
            (local.set $s0
              (f64x2.add
                (local.get $s0)
                (f64x2.mul
                  (local.get $factor)
                  (f64x2.convert_low_i32x4_s
                    (local.get $four)))))
            (local.set $s1
              (f64x2.add
                (local.get $s1)
                (f64x2.mul
                  (local.get $factor)
                  (f64x2.convert_low_i32x4_s
                    (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $four) (local.get $four))))))
            (local.set $four (i32x4.extend_high_i16x8_s (local.get $half)))
            (local.set $s2
              (f64x2.add
                (local.get $s2)
                (f64x2.mul
                  (local.get $factor)
                  (f64x2.convert_low_i32x4_s
                    (local.get $four)))))
            (local.set $s3
              (f64x2.add
                (local.get $s3)
                (f64x2.mul
                  (local.get $factor)
                  (f64x2.convert_low_i32x4_s
                    (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $four) (local.get $four))))))
            (local.set $half (i16x8.extend_high_i8x16_s (local.get $bytes)))
            (local.set $four (i32x4.extend_low_i16x8_s (local.get $half)))
            (local.set $s4
              (f64x2.add
                (local.get $s4)
                (f64x2.mul
                  (local.get $factor)
                  (f64x2.convert_low_i32x4_s
                    (local.get $four)))))
            (local.set $s5
              (f64x2.add
                (local.get $s5)
                (f64x2.mul
                  (local.get $factor)
                  (f64x2.convert_low_i32x4_s
                    (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $four) (local.get $four))))))
            (local.set $four (i32x4.extend_high_i16x8_s (local.get $half)))
            (local.set $s6
              (f64x2.add
                (local.get $s6)
                (f64x2.mul
                  (local.get $factor)
                  (f64x2.convert_low_i32x4_s
                    (local.get $four)))))
            (local.set $s7
              (f64x2.add
                (local.get $s7)
                (f64x2.mul
                  (local.get $factor)
                  (f64x2.convert_low_i32x4_s
                    (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $four) (local.get $four))))))
            (local.set $row (i32.add (local.get $row) (i32.const 1)))
            (br $vectors)))
        (v128.store offset=0 (local.get $out) (local.get $s0))
        (v128.store offset=16 (local.get $out) (local.get $s1))
        (v128.store offset=32 (local.get $out) (local.get $s2))
        (v128.store offset=48 (local.get $out) (local.get $s3))
        (v128.store offset=64 (local.get $out) (local.get $s4))
        (v128.store offset=80 (local.get $out) (local.get $s5))
        (v128.store offset=96 (local.get $out) (local.get $s6))
        (v128.store offset=112 (local.get $out) (local.get $s7))
        (local.set $out (i32.add (local.get $out) (i32.const 128)))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $numbers)))))

;; What a search asks of every vector, where plain JavaScript takes ten times as long: signs that differ, and cosines.
;; `npm run wasm` makes scan.wasm of it. vector-index.ts says what lies where in the memory.

(module
  (import "index" "memory" (memory 1))

  ;; Writes to `out` (16 bits a row) in how many signs each row differs from the question, whose signs begin at address
  ;; 0, and counts the rows of each distance in `counts` (32 bits each). `mask` is the address of a byte for each row: a
  ;; row whose byte is not 1 gets 65535 and is not counted. A `mask` of 0 lets all pass.
  (func (export "distances")
    (param $signs i32) (param $rowBytes i32) (param $count i32) (param $mask i32) (param $out i32) (param $counts i32)
    (local $row i32) (local $at i32) (local $distance i64) (local $slot i32)
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $row) (local.get $count)))
        (block $next
          (if (local.get $mask)
            (then
              (if (i32.ne (i32.load8_u (i32.add (local.get $mask) (local.get $row))) (i32.const 1))
                (then
                  (i32.store16 (local.get $out) (i32.const 65535))
                  (local.set $signs (i32.add (local.get $signs) (local.get $rowBytes)))
                  (br $next)))))
          (local.set $distance (i64.const 0))
          (local.set $at (i32.const 0))
          ;; Four words a turn, which is one turn for 256 dimensions; processors count the bits of a word in one step.
          (block $short
            (loop $fours
              (br_if $short (i32.gt_u (i32.add (local.get $at) (i32.const 32)) (local.get $rowBytes)))
              (local.set $distance
                (i64.add
                  (i64.add
                    (i64.add
                      (local.get $distance)
                      (i64.popcnt (i64.xor (i64.load (local.get $signs)) (i64.load (local.get $at)))))
                    (i64.popcnt (i64.xor (i64.load offset=8 (local.get $signs)) (i64.load offset=8 (local.get $at)))))
                  (i64.add
                    (i64.popcnt (i64.xor (i64.load offset=16 (local.get $signs)) (i64.load offset=16 (local.get $at))))
                    (i64.popcnt
                      (i64.xor (i64.load offset=24 (local.get $signs)) (i64.load offset=24 (local.get $at)))))))
              (local.set $signs (i32.add (local.get $signs) (i32.const 32)))
              (local.set $at (i32.add (local.get $at) (i32.const 32)))
              (br $fours)))
          (block $end
            (loop $ones
              (br_if $end (i32.ge_u (local.get $at) (local.get $rowBytes)))
              (local.set $distance
                (i64.add
                  (local.get $distance)
                  (i64.popcnt (i64.xor (i64.load (local.get $signs)) (i64.load (local.get $at))))))
              (local.set $signs (i32.add (local.get $signs) (i32.const 8)))
              (local.set $at (i32.add (local.get $at) (i32.const 8)))
              (br $ones)))
          (i64.store16 (local.get $out) (local.get $distance))
          (local.set $slot
            (i32.add (local.get $counts) (i32.shl (i32.wrap_i64 (local.get $distance)) (i32.const 2))))
          (i32.store (local.get $slot) (i32.add (i32.load (local.get $slot)) (i32.const 1))))
        (local.set $out (i32.add (local.get $out) (i32.const 2)))
        (local.set $row (i32.add (local.get $row) (i32.const 1)))
        (br $rows))))

  ;; Writes to `out` (32 bits each) the rows whose distance is at most `farthest`; returns how many they are. Each row is
  ;; written and the next one overwrites it where it does not belong: a branch would be guessed wrongly too often.
  (func (export "gather")
    (param $distances i32) (param $count i32) (param $farthest i32) (param $out i32) (result i32)
    (local $row i32) (local $to i32)
    (local.set $to (local.get $out))
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $row) (local.get $count)))
        (i32.store (local.get $to) (local.get $row))
        (local.set $to
          (i32.add
            (local.get $to)
            (i32.shl (i32.le_u (i32.load16_u (local.get $distances)) (local.get $farthest)) (i32.const 2))))
        (local.set $distances (i32.add (local.get $distances) (i32.const 2)))
        (local.set $row (i32.add (local.get $row) (i32.const 1)))
        (br $rows)))
    (i32.shr_u (i32.sub (local.get $to) (local.get $out)) (i32.const 2)))

  ;; The cosine of one row with the question: the sum of its bytes times the question's 16-bit numbers, times the row's
  ;; scale, times `factor`, which makes the question's numbers a vector of unit length. No sum is beyond 32 bits: who
  ;; writes the question sees to it.
  (func $cosine (export "cosine")
    (param $row i32) (param $scale i32) (param $question i32) (param $stride i32) (param $factor f32) (result f32)
    (local $end i32) (local $sum v128) (local $more v128)
    (local.set $end (i32.add (local.get $row) (local.get $stride)))
    (loop $numbers
      (local.set $sum
        (i32x4.add
          (local.get $sum)
          (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row)) (v128.load (local.get $question)))))
      (local.set $more
        (i32x4.add
          (local.get $more)
          (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $row)) (v128.load offset=16 (local.get $question)))))
      (local.set $row (i32.add (local.get $row) (i32.const 16)))
      (local.set $question (i32.add (local.get $question) (i32.const 32)))
      (br_if $numbers (i32.lt_u (local.get $row) (local.get $end))))
    (local.set $sum (i32x4.add (local.get $sum) (local.get $more)))
    (local.set $sum
      (i32x4.add (local.get $sum) (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $sum) (local.get $sum))))
    (f32.mul
      (f32.mul
        (f32.convert_i32_s
          (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum))))
        (f32.load (local.get $scale)))
      (local.get $factor)))

  ;; As `cosine`, of the `size` rows whose places stand at `places`, written to `out` (32-bit floating point).
  (func (export "cosines")
    (param $bytes i32) (param $scales i32) (param $places i32) (param $size i32) (param $question i32)
    (param $stride i32) (param $factor f32) (param $out i32)
    (local $at i32) (local $place i32)
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $at) (local.get $size)))
        (local.set $place (i32.load (i32.add (local.get $places) (i32.shl (local.get $at) (i32.const 2)))))
        (f32.store
          (i32.add (local.get $out) (i32.shl (local.get $at) (i32.const 2)))
          (call $cosine
            (i32.add (local.get $bytes) (i32.mul (local.get $place) (local.get $stride)))
            (i32.add (local.get $scales) (i32.shl (local.get $place) (i32.const 2)))
            (local.get $question)
            (local.get $stride)
            (local.get $factor)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $rows)))))

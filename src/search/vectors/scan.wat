;; What a search asks of vectors, where plain JavaScript takes ten times as long: signs that differ, and cosines.
;; `npm run wasm` makes scan.wasm of it. vector-index.ts says what lies where in the memory.

(module
  (import "index" "memory" (memory 1))

  ;; Writes to `out` (16 bits a row) in how many signs each row differs from the question, whose signs begin at address
  ;; 0, and counts the rows of each distance in `counts` (32 bits each). `mask` is the address of a byte for each row: a
  ;; row whose byte is not 1 gets 65535 and is not counted. A `mask` of 0 lets all pass.
  (func (export "distances")
    (param $signs i32) (param $rowBytes i32) (param $count i32) (param $mask i32) (param $out i32) (param $counts i32)
    (local $row i32) (local $at i32) (local $distance i64) (local $slot i32)
    (if (i32.and (i32.eqz (local.get $mask)) (i32.eq (local.get $rowBytes) (i32.const 32)))
      (then (return (call $distancesOf256 (local.get $signs) (local.get $count) (local.get $out) (local.get $counts)))))
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

  ;; As `distances` where all rows of 256 dimensions are looked at, which is the most frequent and takes longest: the
  ;; question stays where the processor needs it.
  (func $distancesOf256 (param $signs i32) (param $count i32) (param $out i32) (param $counts i32)
    (local $end i32) (local $distance i32) (local $slot i32)
    (local $one i64) (local $two i64) (local $three i64) (local $four i64)
    (local.set $one (i64.load (i32.const 0)))
    (local.set $two (i64.load (i32.const 8)))
    (local.set $three (i64.load (i32.const 16)))
    (local.set $four (i64.load (i32.const 24)))
    (local.set $end (i32.add (local.get $signs) (i32.shl (local.get $count) (i32.const 5))))
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $signs) (local.get $end)))
        (local.set $distance
          (i32.wrap_i64
            (i64.add
              (i64.add
                (i64.popcnt (i64.xor (i64.load (local.get $signs)) (local.get $one)))
                (i64.popcnt (i64.xor (i64.load offset=8 (local.get $signs)) (local.get $two))))
              (i64.add
                (i64.popcnt (i64.xor (i64.load offset=16 (local.get $signs)) (local.get $three)))
                (i64.popcnt (i64.xor (i64.load offset=24 (local.get $signs)) (local.get $four)))))))
        (i32.store16 (local.get $out) (local.get $distance))
        (local.set $slot (i32.add (local.get $counts) (i32.shl (local.get $distance) (i32.const 2))))
        (i32.store (local.get $slot) (i32.add (i32.load (local.get $slot)) (i32.const 1)))
        (local.set $signs (i32.add (local.get $signs) (i32.const 32)))
        (local.set $out (i32.add (local.get $out) (i32.const 2)))
        (br $rows))))

  ;; Writes to `out` (32 bits each) the rows whose distance is at most `farthest`; returns how many they are. Eight are
  ;; looked at together; what lies in the eight beyond the last row is not written.
  (func (export "gather")
    (param $distances i32) (param $count i32) (param $farthest i32) (param $out i32) (result i32)
    (local $row i32) (local $at i32) (local $bits i32) (local $to i32) (local $most v128)
    (local.set $to (local.get $out))
    (local.set $most (i16x8.splat (local.get $farthest)))
    (block $done
      (loop $eights
        (br_if $done (i32.ge_u (local.get $row) (local.get $count)))
        (local.set $bits
          (i16x8.bitmask
            (i16x8.le_u
              (v128.load (i32.add (local.get $distances) (i32.shl (local.get $row) (i32.const 1))))
              (local.get $most))))
        (block $none
          (loop $found
            (br_if $none (i32.eqz (local.get $bits)))
            (local.set $at (i32.add (local.get $row) (i32.ctz (local.get $bits))))
            (br_if $none (i32.ge_u (local.get $at) (local.get $count)))
            (i32.store (local.get $to) (local.get $at))
            (local.set $to (i32.add (local.get $to) (i32.const 4)))
            (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
            (br $found)))
        (local.set $row (i32.add (local.get $row) (i32.const 8)))
        (br $eights)))
    (i32.shr_u (i32.sub (local.get $to) (local.get $out)) (i32.const 2)))

  ;; The cosines of the `size` rows whose places stand at `places` with the question, written to `out` (32-bit floating
  ;; point); 0 for a place below 0. A cosine is the sum of a row's bytes times the question's 16-bit numbers, times the row's
  ;; scale, times `factor`, which makes the question's numbers a vector of unit length. No sum is beyond 32 bits: who writes
  ;; the question sees to it. Four rows go together, so that they are waited for together; after the last one, it is
  ;; reckoned again.
  (func (export "cosines")
    (param $bytes i32) (param $scales i32) (param $places i32) (param $size i32) (param $question i32)
    (param $stride i32) (param $factor f32) (param $out i32)
    (local $at i32) (local $number i32) (local $end i32) (local $asked v128)
    (local $row0 i32) (local $row1 i32) (local $row2 i32) (local $row3 i32)
    (local $sum0 v128) (local $sum1 v128) (local $sum2 v128) (local $sum3 v128)
    (local.set $end (i32.add (local.get $question) (i32.shl (local.get $stride) (i32.const 1))))
    (block $done
      (loop $rows
        (br_if $done (i32.ge_u (local.get $at) (local.get $size)))
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
        (br $rows))))

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

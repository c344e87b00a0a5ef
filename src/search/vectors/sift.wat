;; How a search finds the few vectors that are worth an exact cosine, and then the nearest of them. `npm run wasm` makes
;; sift.wasm of it. vector-index.ts says what lies where in the memory.

(module
  (import "index" "memory" (memory 1))

  ;; Writes to `out` (32 bits each, ascending) the places of the rows that differ from the question, whose signs begin at
  ;; address 0, in the fewest signs: of the accepted ones as many as have `most` of them up to some distance, all at that
  ;; distance included; returns how many they are. `seqs` are 32 bits a row, `accepted` is the address of a byte for each
  ;; number there below `end`, 1 where it may be found; an address of 0 lets all pass. `distances` (16 bits) has room for
  ;; all rows, as `out` has; `counts` (32 bits for each distance and one more) is emptied.
  ;;
  ;; Rows are taken in blocks. After each the farthest distance that can still matter is known better, so that a tenth of
  ;; all rows is ever written down, counted, and asked whether it is accepted.
  (func (export "sift")
    (param $signs i32) (param $rowBytes i32) (param $count i32) (param $most i32) (param $seqs i32) (param $accepted i32)
    (param $end i32) (param $counts i32) (param $distances i32) (param $out i32) (result i32)
    (local $row i32) (local $next i32) (local $at i32) (local $size i32) (local $held i32) (local $farthest i32)
    (local $beyond i32)
    (local.set $farthest (i32.shl (local.get $rowBytes) (i32.const 3)))
    (memory.fill (local.get $counts) (i32.const 0) (i32.shl (i32.add (local.get $farthest) (i32.const 1)) (i32.const 2)))
    (block $done
      (loop $blocks
        (br_if $done (i32.ge_u (local.get $row) (local.get $count)))
        (local.set $next (i32.add (local.get $row) (i32.const 512)))
        (if (i32.gt_u (local.get $next) (local.get $count)) (then (local.set $next (local.get $count))))
        (local.set $at (local.get $size))
        (local.set $size
          (if (result i32) (i32.eq (local.get $rowBytes) (i32.const 32))
            (then
              (call $within256
                (local.get $signs) (local.get $row) (local.get $next) (local.get $farthest) (local.get $distances)
                (local.get $out) (local.get $size)))
            (else
              (call $within
                (local.get $signs) (local.get $rowBytes) (local.get $row) (local.get $next) (local.get $farthest)
                (local.get $distances) (local.get $out) (local.get $size)))))
        (if (local.get $accepted)
          (then
            (local.set $size
              (call $onlyAccepted
                (local.get $seqs) (local.get $accepted) (local.get $end) (local.get $distances) (local.get $out)
                (local.get $at) (local.get $size)))))
        (local.set $held (i32.add (local.get $held) (i32.sub (local.get $size) (local.get $at))))
        (block $counted
          (loop $each
            (br_if $counted (i32.ge_u (local.get $at) (local.get $size)))
            (call $increase
              (i32.add
                (local.get $counts)
                (i32.shl
                  (i32.load16_u (i32.add (local.get $distances) (i32.shl (local.get $at) (i32.const 1))))
                  (i32.const 2))))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (br $each)))
        ;; `held` are those within the farthest distance: as long as there are enough without the ones at that distance, it
        ;; is less.
        (block $least
          (loop $nearer
            (local.set $beyond
              (i32.load (i32.add (local.get $counts) (i32.shl (local.get $farthest) (i32.const 2)))))
            (br_if $least (i32.lt_u (i32.sub (local.get $held) (local.get $beyond)) (local.get $most)))
            (local.set $held (i32.sub (local.get $held) (local.get $beyond)))
            (local.set $farthest (i32.sub (local.get $farthest) (i32.const 1)))
            (br $nearer)))
        (local.set $row (local.get $next))
        (br $blocks)))
    (call $upTo (local.get $farthest) (local.get $distances) (local.get $out) (local.get $size)))

  (func $increase (param $at i32)
    (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1))))

  ;; Appends to `out` and `distances`, which hold `size`, the rows from `row` to `next` that differ in at most `farthest`
  ;; signs; returns how many there are then. All are written, and those too far away written over: that asks no branch.
  (func $within
    (param $signs i32) (param $rowBytes i32) (param $row i32) (param $next i32) (param $farthest i32)
    (param $distances i32) (param $out i32) (param $size i32) (result i32)
    (local $at i32) (local $words i32) (local $distance i32)
    (local.set $words (i32.add (local.get $signs) (i32.mul (local.get $row) (local.get $rowBytes))))
    (loop $rows
      (local.set $distance (i32.const 0))
      (local.set $at (i32.const 0))
      (loop $eights
        (local.set $distance
          (i32.add
            (local.get $distance)
            (i32.wrap_i64 (i64.popcnt (i64.xor (i64.load (local.get $words)) (i64.load (local.get $at)))))))
        (local.set $words (i32.add (local.get $words) (i32.const 8)))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br_if $eights (i32.lt_u (local.get $at) (local.get $rowBytes))))
      (i32.store (i32.add (local.get $out) (i32.shl (local.get $size) (i32.const 2))) (local.get $row))
      (i32.store16 (i32.add (local.get $distances) (i32.shl (local.get $size) (i32.const 1))) (local.get $distance))
      (local.set $size (i32.add (local.get $size) (i32.le_u (local.get $distance) (local.get $farthest))))
      (local.set $row (i32.add (local.get $row) (i32.const 1)))
      (br_if $rows (i32.lt_u (local.get $row) (local.get $next))))
    (local.get $size))

  ;; As `within` for 256 dimensions, which are the most frequent: the question stays where the processor needs it.
  (func $within256
    (param $signs i32) (param $row i32) (param $next i32) (param $farthest i32) (param $distances i32) (param $out i32)
    (param $size i32) (result i32)
    (local $distance i32) (local $one i64) (local $two i64) (local $three i64) (local $four i64)
    (local.set $one (i64.load (i32.const 0)))
    (local.set $two (i64.load (i32.const 8)))
    (local.set $three (i64.load (i32.const 16)))
    (local.set $four (i64.load (i32.const 24)))
    (local.set $signs (i32.add (local.get $signs) (i32.shl (local.get $row) (i32.const 5))))
    (loop $rows
      (local.set $distance
        (i32.wrap_i64
          (i64.add
            (i64.add
              (i64.popcnt (i64.xor (i64.load (local.get $signs)) (local.get $one)))
              (i64.popcnt (i64.xor (i64.load offset=8 (local.get $signs)) (local.get $two))))
            (i64.add
              (i64.popcnt (i64.xor (i64.load offset=16 (local.get $signs)) (local.get $three)))
              (i64.popcnt (i64.xor (i64.load offset=24 (local.get $signs)) (local.get $four)))))))
      (i32.store (i32.add (local.get $out) (i32.shl (local.get $size) (i32.const 2))) (local.get $row))
      (i32.store16 (i32.add (local.get $distances) (i32.shl (local.get $size) (i32.const 1))) (local.get $distance))
      (local.set $size (i32.add (local.get $size) (i32.le_u (local.get $distance) (local.get $farthest))))
      (local.set $signs (i32.add (local.get $signs) (i32.const 32)))
      (local.set $row (i32.add (local.get $row) (i32.const 1)))
      (br_if $rows (i32.lt_u (local.get $row) (local.get $next))))
    (local.get $size))

  ;; Drops those of `out` from number `at` on that are not accepted; returns how many are left in all.
  (func $onlyAccepted
    (param $seqs i32) (param $accepted i32) (param $end i32) (param $distances i32) (param $out i32) (param $at i32)
    (param $size i32) (result i32)
    (local $to i32) (local $row i32) (local $seq i32)
    (local.set $to (local.get $at))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $at) (local.get $size)))
        (local.set $row (i32.load (i32.add (local.get $out) (i32.shl (local.get $at) (i32.const 2)))))
        (local.set $seq (i32.load (i32.add (local.get $seqs) (i32.shl (local.get $row) (i32.const 2)))))
        (i32.store (i32.add (local.get $out) (i32.shl (local.get $to) (i32.const 2))) (local.get $row))
        (i32.store16
          (i32.add (local.get $distances) (i32.shl (local.get $to) (i32.const 1)))
          (i32.load16_u (i32.add (local.get $distances) (i32.shl (local.get $at) (i32.const 1)))))
        (if (i32.lt_u (local.get $seq) (local.get $end))
          (then
            (local.set $to
              (i32.add
                (local.get $to)
                (i32.eq (i32.load8_u (i32.add (local.get $accepted) (local.get $seq))) (i32.const 1))))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $each)))
    (local.get $to))

  ;; Leaves in `out` those at a distance of at most `farthest`; returns how many they are.
  (func $upTo (param $farthest i32) (param $distances i32) (param $out i32) (param $size i32) (result i32)
    (local $at i32) (local $to i32)
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $at) (local.get $size)))
        (i32.store
          (i32.add (local.get $out) (i32.shl (local.get $to) (i32.const 2)))
          (i32.load (i32.add (local.get $out) (i32.shl (local.get $at) (i32.const 2)))))
        (local.set $to
          (i32.add
            (local.get $to)
            (i32.le_u
              (i32.load16_u (i32.add (local.get $distances) (i32.shl (local.get $at) (i32.const 1))))
              (local.get $farthest))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $each)))
    (local.get $to))

  ;; Writes to `out` the places of the accepted papers that have one, where they are at most `most`; returns how many they
  ;; are, or -1 where there are more. `accepted` as above, 16 of them looked at together, `places` 32 bits for each of
  ;; them: the place plus one, 0 for none.
  (func (export "few")
    (param $accepted i32) (param $end i32) (param $places i32) (param $most i32) (param $out i32) (result i32)
    (local $seq i32) (local $bits i32) (local $size i32) (local $place i32) (local $at i32)
    (block $done
      (loop $sixteens
        (br_if $done (i32.ge_u (local.get $seq) (local.get $end)))
        (local.set $bits
          (i8x16.bitmask
            (i8x16.eq
              (v128.load (i32.add (local.get $accepted) (local.get $seq)))
              (v128.const i8x16 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1))))
        (block $none
          (loop $found
            (br_if $none (i32.eqz (local.get $bits)))
            (local.set $at (i32.add (local.get $seq) (i32.ctz (local.get $bits))))
            (br_if $none (i32.ge_u (local.get $at) (local.get $end)))
            (local.set $place (i32.load (i32.add (local.get $places) (i32.shl (local.get $at) (i32.const 2)))))
            (if (local.get $place)
              (then
                (if (i32.ge_u (local.get $size) (local.get $most)) (then (return (i32.const -1))))
                (i32.store
                  (i32.add (local.get $out) (i32.shl (local.get $size) (i32.const 2)))
                  (i32.sub (local.get $place) (i32.const 1)))
                (local.set $size (i32.add (local.get $size) (i32.const 1)))))
            (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
            (br $found)))
        (local.set $seq (i32.add (local.get $seq) (i32.const 16)))
        (br $sixteens)))
    (local.get $size))

  ;; Drops of the rows at `pool`, whose cosines stand at `cosines`, those that are not among the nearest `limit` by steps
  ;; of which there are 2048 between 1 and -1: returns how many are left, a few more than `limit`. `steps` (32 bits, for 2049
  ;; of them) is emptied.
  (func (export "keep")
    (param $pool i32) (param $cosines i32) (param $size i32) (param $limit i32) (param $steps i32) (result i32)
    (local $at i32) (local $to i32) (local $last i32) (local $held i32) (local $cosine f32)
    (memory.fill (local.get $steps) (i32.const 0) (i32.const 8196))
    (block $counted
      (loop $each
        (br_if $counted (i32.ge_u (local.get $at) (local.get $size)))
        (call $increase
          (i32.add
            (local.get $steps)
            (i32.shl
              (call $stepOf (f32.load (i32.add (local.get $cosines) (i32.shl (local.get $at) (i32.const 2)))))
              (i32.const 2))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $each)))
    (local.set $last (i32.const -1))
    (loop $steps
      (local.set $last (i32.add (local.get $last) (i32.const 1)))
      (local.set $held
        (i32.add (local.get $held) (i32.load (i32.add (local.get $steps) (i32.shl (local.get $last) (i32.const 2))))))
      (br_if $steps
        (i32.and
          (i32.lt_u (local.get $held) (local.get $limit))
          (i32.lt_u (local.get $last) (i32.const 2048)))))
    (local.set $at (i32.const 0))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $at) (local.get $size)))
        (local.set $cosine (f32.load (i32.add (local.get $cosines) (i32.shl (local.get $at) (i32.const 2)))))
        (i32.store
          (i32.add (local.get $pool) (i32.shl (local.get $to) (i32.const 2)))
          (i32.load (i32.add (local.get $pool) (i32.shl (local.get $at) (i32.const 2)))))
        (f32.store (i32.add (local.get $cosines) (i32.shl (local.get $to) (i32.const 2))) (local.get $cosine))
        (local.set $to (i32.add (local.get $to) (i32.le_u (call $stepOf (local.get $cosine)) (local.get $last))))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $each)))
    (local.get $to))

  (func $stepOf (param $cosine f32) (result i32)
    (local $step i32)
    ;; A cosine that is a little above 1 by rounding is in the first step.
    (local.set $step
      (i32.trunc_sat_f64_u
        (f64.mul (f64.sub (f64.const 1) (f64.promote_f32 (local.get $cosine))) (f64.const 1024))))
    (select (local.get $step) (i32.const 2048) (i32.lt_u (local.get $step) (i32.const 2048)))))

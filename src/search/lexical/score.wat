;; What a search does with every posting of its words and with every paper's score: half of the time of plain JavaScript.
;; `npm run wasm` makes score.wasm of it. postings.ts says what lies where in the memory.
;;
;; A paper's score is one 32-bit number, so that a posting is one addition: how many of the words it holds in the upper
;; 7 bits, the sum of their parts of BM25 in the lower 25, in steps of which the whole question has 2^25.

(module
  (import "index" "memory" (memory 1))

  ;; Leaves the scores of all papers at `scores`, which papers of `settled` and beyond, that stand in no run yet, have there
  ;; already; writes to `complete` the numbers at `seqs` (32 bits for each paper) of those with `wanted` words, and returns
  ;; how many they are; writes to `picked` the papers with the best scores, `limit` of them and some more, and how many
  ;; they are to `counts`. Those are 64-bit floating point: the score in steps times 2^27, and the number of the paper.
  ;; Papers whose number at `seqs` is below 0 are left out, and those that are not accepted: `accepted` is the address of
  ;; a byte for each such number below `end`, 1 where it may be found; an address of 0 lets all pass.
  ;;
  ;; `runs` are the words, 16 bytes each: where the run of their postings goes on, where it ends, the last paper that was
  ;; read, and the weight in 32-bit floating point. `lengths` are 16 bits a paper. `counts` has room for 2048 numbers of 32
  ;; bits: how many of the picked papers there are in each step of the score.
  ;;
  ;; Papers are taken in blocks that stay in the processor's nearest memory from the first word to the last. After each
  ;; block it is known better which scores can still be among the best, so that few are ever written down, and asked
  ;; whether they are accepted.
  (func (export "match")
    (param $runs i32) (param $words i32) (param $scores i32) (param $lengths i32) (param $settled i32) (param $count i32)
    (param $fixed f32) (param $perLength f32) (param $wanted i32) (param $limit i32) (param $seqs i32)
    (param $accepted i32) (param $end i32) (param $counts i32) (param $complete i32) (param $picked i32) (result i32)
    (local $block i32) (local $until i32) (local $run i32) (local $paper i32) (local $bits i32) (local $found i32)
    (local $seq i32) (local $score i32) (local $least i32) (local $lowest i32) (local $held i32) (local $beyond i32)
    (local $firstComplete i32) (local $firstPicked i32) (local $four v128) (local $all v128) (local $least4 v128)
    (local.set $firstComplete (local.get $complete))
    (local.set $firstPicked (local.get $picked))
    (local.set $all (i32x4.splat (local.get $wanted)))
    ;; More than any score has, if none is to be picked.
    (local.set $least (select (i32.const 1) (i32.const 0x2000000) (local.get $limit)))
    (local.set $least4 (i32x4.splat (local.get $least)))
    (memory.fill (local.get $counts) (i32.const 0) (i32.const 8192))
    (block $done
      (loop $blocks
        (br_if $done (i32.ge_u (local.get $block) (local.get $count)))
        (local.set $until (call $min (i32.add (local.get $block) (i32.const 8192)) (local.get $count)))
        (if (i32.lt_u (local.get $block) (local.get $settled))
          (then
            (memory.fill
              (i32.add (local.get $scores) (i32.shl (local.get $block) (i32.const 2)))
              (i32.const 0)
              (i32.shl
                (i32.sub (call $min (local.get $until) (local.get $settled)) (local.get $block))
                (i32.const 2)))))
        (local.set $run (i32.const 0))
        (block $scored
          (loop $each
            (br_if $scored (i32.ge_u (local.get $run) (local.get $words)))
            (call $score
              (i32.add (local.get $runs) (i32.shl (local.get $run) (i32.const 4)))
              (local.get $until) (local.get $scores) (local.get $lengths) (local.get $fixed) (local.get $perLength))
            (local.set $run (i32.add (local.get $run) (i32.const 1)))
            (br $each)))
        (local.set $paper (local.get $block))
        (block $collected
          (loop $fours
            (br_if $collected (i32.ge_u (local.get $paper) (local.get $until)))
            (local.set $four (v128.load (i32.add (local.get $scores) (i32.shl (local.get $paper) (i32.const 2)))))
            (local.set $bits
              (i32x4.bitmask
                (v128.or
                  (i32x4.ge_u
                    (v128.and (local.get $four) (v128.const i32x4 0x1ffffff 0x1ffffff 0x1ffffff 0x1ffffff))
                    (local.get $least4))
                  (i32x4.eq (i32x4.shr_u (local.get $four) (i32.const 25)) (local.get $all)))))
            (block $none
              (loop $each
                (br_if $none (i32.eqz (local.get $bits)))
                (local.set $found (i32.add (local.get $paper) (i32.ctz (local.get $bits))))
                (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
                (local.set $seq (i32.load (i32.add (local.get $seqs) (i32.shl (local.get $found) (i32.const 2)))))
                (br_if $each (i32.lt_s (local.get $seq) (i32.const 0)))
                (if (local.get $accepted)
                  (then
                    (br_if $each (i32.ge_u (local.get $seq) (local.get $end)))
                    (br_if $each
                      (i32.ne (i32.load8_u (i32.add (local.get $accepted) (local.get $seq))) (i32.const 1)))))
                (local.set $score (i32.load (i32.add (local.get $scores) (i32.shl (local.get $found) (i32.const 2)))))
                (if (i32.eq (i32.shr_u (local.get $score) (i32.const 25)) (local.get $wanted))
                  (then
                    (i32.store (local.get $complete) (local.get $seq))
                    (local.set $complete (i32.add (local.get $complete) (i32.const 4)))))
                (local.set $score (i32.and (local.get $score) (i32.const 0x1ffffff)))
                (br_if $each (i32.lt_u (local.get $score) (local.get $least)))
                (f64.store
                  (local.get $picked)
                  (f64.add
                    (f64.mul (f64.convert_i32_u (local.get $score)) (f64.const 0x1p27))
                    (f64.convert_i32_u (local.get $found))))
                (local.set $picked (i32.add (local.get $picked) (i32.const 8)))
                (local.set $held (i32.add (local.get $held) (i32.const 1)))
                (local.set $score (call $counter (local.get $counts) (i32.shr_u (local.get $score) (i32.const 14))))
                (i32.store (local.get $score) (i32.add (i32.load (local.get $score)) (i32.const 1)))
                (br $each)))
            (local.set $paper (i32.add (local.get $paper) (i32.const 4)))
            (br $fours)))
        ;; `held` are those in the lowest step that counts and above: as long as there are enough without those in it, it
        ;; rises.
        (if (local.get $limit)
          (then
            (block $highest
              (loop $higher
                (local.set $beyond (i32.load (call $counter (local.get $counts) (local.get $lowest))))
                (br_if $highest (i32.lt_u (i32.sub (local.get $held) (local.get $beyond)) (local.get $limit)))
                (local.set $held (i32.sub (local.get $held) (local.get $beyond)))
                (local.set $lowest (i32.add (local.get $lowest) (i32.const 1)))
                (local.set $least (i32.shl (local.get $lowest) (i32.const 14)))
                (br $higher)))
            (local.set $least4 (i32x4.splat (local.get $least)))))
        (local.set $block (local.get $until))
        (br $blocks)))
    (i32.store
      (local.get $counts)
      (call $from
        (local.get $firstPicked)
        (local.get $picked)
        (f64.mul (f64.convert_i32_u (local.get $least)) (f64.const 0x1p27))))
    (i32.shr_u (i32.sub (local.get $complete) (local.get $firstComplete)) (i32.const 2)))

  (func $min (param $one i32) (param $other i32) (result i32)
    (select (local.get $one) (local.get $other) (i32.lt_u (local.get $one) (local.get $other))))

  (func $counter (param $counts i32) (param $step i32) (result i32)
    (i32.add (local.get $counts) (i32.shl (local.get $step) (i32.const 2))))

  ;; Adds a word's part to the scores of the papers of its run below `until`, and remembers how far it has come. A run is
  ;; for each paper the gap to the one before, seven bits a byte, and a byte of how often it holds the word.
  (func $score
    (param $run i32) (param $until i32) (param $scores i32) (param $lengths i32) (param $fixed f32) (param $perLength f32)
    (local $from i32) (local $end i32) (local $paper i32) (local $weight f32)
    (local $byte i32) (local $shift i32) (local $at i32) (local $next i32) (local $times f32)
    (local.set $from (i32.load (local.get $run)))
    (local.set $end (i32.load offset=4 (local.get $run)))
    (local.set $paper (i32.load offset=8 (local.get $run)))
    (local.set $weight (f32.load offset=12 (local.get $run)))
    (block $done
      (loop $postings
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $byte (i32.load8_u (local.get $from)))
        (local.set $at (i32.add (local.get $from) (i32.const 1)))
        (local.set $next (i32.add (local.get $paper) (i32.and (local.get $byte) (i32.const 127))))
        (if (i32.ge_u (local.get $byte) (i32.const 128))
          (then
            (local.set $shift (i32.const 7))
            (loop $further
              (local.set $byte (i32.load8_u (local.get $at)))
              (local.set $at (i32.add (local.get $at) (i32.const 1)))
              (local.set $next
                (i32.add
                  (local.get $next)
                  (i32.shl (i32.and (local.get $byte) (i32.const 127)) (local.get $shift))))
              (local.set $shift (i32.add (local.get $shift) (i32.const 7)))
              (br_if $further (i32.ge_u (local.get $byte) (i32.const 128))))))
        ;; It is read again in the next block.
        (br_if $done (i32.ge_u (local.get $next) (local.get $until)))
        (local.set $paper (local.get $next))
        (local.set $times (f32.convert_i32_u (i32.load8_u (local.get $at))))
        (local.set $from (i32.add (local.get $at) (i32.const 1)))
        (local.set $at (i32.add (local.get $scores) (i32.shl (local.get $paper) (i32.const 2))))
        (i32.store
          (local.get $at)
          (i32.add
            (i32.load (local.get $at))
            ;; One word more, and one step more, so that no paper that holds a word has a score of 0.
            (i32.add
              (i32.const 0x2000001)
              (i32.trunc_sat_f32_u
                (f32.div
                  (f32.mul (local.get $weight) (local.get $times))
                  (f32.add
                    (f32.add (local.get $times) (local.get $fixed))
                    (f32.mul
                      (local.get $perLength)
                      (f32.convert_i32_u
                        (i32.load16_u
                          (i32.add (local.get $lengths) (i32.shl (local.get $paper) (i32.const 1))))))))))))
        (br $postings)))
    (i32.store (local.get $run) (local.get $from))
    (i32.store offset=8 (local.get $run) (local.get $paper)))

  ;; Leaves of the numbers from `from` to `end` (64-bit floating point) those of at least `least`; returns how many they are.
  (func $from (param $from i32) (param $end i32) (param $least f64) (result i32)
    (local $at i32) (local $to i32) (local $number f64)
    (local.set $at (local.get $from))
    (local.set $to (local.get $from))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $number (f64.load (local.get $at)))
        (f64.store (local.get $to) (local.get $number))
        (local.set $to
          (i32.add (local.get $to) (i32.shl (f64.ge (local.get $number) (local.get $least)) (i32.const 3))))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br $each)))
    (i32.shr_u (i32.sub (local.get $to) (local.get $from)) (i32.const 3))))

;; What a search does with every posting of its words and with every paper's score: half of the time of plain JavaScript.
;; `npm run wasm` makes score.wasm of it. postings.ts says what lies where in the memory.
;;
;; A paper's score is one 32-bit number, so that a posting is one addition: how many of the words it holds in the upper
;; 7 bits, the sum of their parts of BM25 in the lower 25, in steps of which the whole question has 2^25.

(module
  (import "index" "memory" (memory 1))

  ;; Adds a word's part to the scores of the papers of its run: for each paper the gap to the one before, seven bits a
  ;; byte, and a byte of how often it holds the word. `lengths` are 16 bits a paper.
  (func (export "score")
    (param $from i32) (param $end i32) (param $scores i32) (param $lengths i32)
    (param $weight f32) (param $fixed f32) (param $perLength f32)
    (local $byte i32) (local $shift i32) (local $paper i32) (local $times f32) (local $at i32)
    (block $done
      (loop $postings
        (br_if $done (i32.ge_u (local.get $from) (local.get $end)))
        (local.set $byte (i32.load8_u (local.get $from)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (local.set $paper (i32.add (local.get $paper) (i32.and (local.get $byte) (i32.const 127))))
        (if (i32.ge_u (local.get $byte) (i32.const 128))
          (then
            (local.set $shift (i32.const 7))
            (loop $further
              (local.set $byte (i32.load8_u (local.get $from)))
              (local.set $from (i32.add (local.get $from) (i32.const 1)))
              (local.set $paper
                (i32.add
                  (local.get $paper)
                  (i32.shl (i32.and (local.get $byte) (i32.const 127)) (local.get $shift))))
              (local.set $shift (i32.add (local.get $shift) (i32.const 7)))
              (br_if $further (i32.ge_u (local.get $byte) (i32.const 128))))))
        (local.set $times (f32.convert_i32_u (i32.load8_u (local.get $from))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
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
        (br $postings))))

  ;; Counts how many papers there are in each of 2048 steps of the score at `counts` (papers without a score may count in
  ;; the lowest), and writes the numbers of those with `wanted` words to `complete`; returns how many those are. Four papers
  ;; are passed over at once where none has a score.
  (func (export "collect")
    (param $scores i32) (param $count i32) (param $wanted i32) (param $counts i32) (param $complete i32) (result i32)
    (local $paper i32) (local $bits i32) (local $first i32) (local $four v128) (local $all v128) (local $from v128)
    (local.set $first (local.get $complete))
    (local.set $all (i32x4.splat (local.get $wanted)))
    (local.set $from (i32x4.splat (local.get $counts)))
    (block $done
      (loop $fours
        (br_if $done (i32.ge_u (local.get $paper) (local.get $count)))
        (local.set $four (v128.load (i32.add (local.get $scores) (i32.shl (local.get $paper) (i32.const 2)))))
        (if (v128.any_true (local.get $four))
          (then
            (local.set $bits
              (i32x4.bitmask (i32x4.eq (i32x4.shr_u (local.get $four) (i32.const 25)) (local.get $all))))
            (block $none
              (loop $found
                (br_if $none (i32.eqz (local.get $bits)))
                (i32.store (local.get $complete) (i32.add (local.get $paper) (i32.ctz (local.get $bits))))
                (local.set $complete (i32.add (local.get $complete) (i32.const 4)))
                (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
                (br $found)))
            ;; Addresses of the counters: 32 bits for each step.
            (local.set $four
              (i32x4.add
                (local.get $from)
                (v128.and
                  (i32x4.shr_u (local.get $four) (i32.const 12))
                  (v128.const i32x4 0x1ffc 0x1ffc 0x1ffc 0x1ffc))))
            (call $increase (i32x4.extract_lane 0 (local.get $four)))
            (call $increase (i32x4.extract_lane 1 (local.get $four)))
            (call $increase (i32x4.extract_lane 2 (local.get $four)))
            (call $increase (i32x4.extract_lane 3 (local.get $four)))))
        (local.set $paper (i32.add (local.get $paper) (i32.const 4)))
        (br $fours)))
    (i32.shr_u (i32.sub (local.get $complete) (local.get $first)) (i32.const 2)))

  (func $increase (param $at i32)
    (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1))))

  ;; Writes the numbers of the papers with a score of at least `least` to `out`; returns how many they are.
  (func (export "pick")
    (param $scores i32) (param $count i32) (param $least i32) (param $out i32) (result i32)
    (local $paper i32) (local $at i32) (local $bits i32) (local $first i32)
    (local.set $first (local.get $out))
    (block $done
      (loop $fours
        (br_if $done (i32.ge_u (local.get $paper) (local.get $count)))
        (local.set $bits
          (i32x4.bitmask
            (i32x4.ge_u
              (v128.and
                (v128.load (i32.add (local.get $scores) (i32.shl (local.get $paper) (i32.const 2))))
                (v128.const i32x4 0x1ffffff 0x1ffffff 0x1ffffff 0x1ffffff))
              (i32x4.splat (local.get $least)))))
        (block $none
          (loop $found
            (br_if $none (i32.eqz (local.get $bits)))
            (i32.store (local.get $out) (i32.add (local.get $paper) (i32.ctz (local.get $bits))))
            (local.set $out (i32.add (local.get $out) (i32.const 4)))
            (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
            (br $found)))
        (local.set $paper (i32.add (local.get $paper) (i32.const 4)))
        (br $fours)))
    (i32.shr_u (i32.sub (local.get $out) (local.get $first)) (i32.const 2))))

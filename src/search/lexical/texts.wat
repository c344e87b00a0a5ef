;; What a search asks of papers whose words it reads in their order: a score for further words, and whether words stand
;; side by side. `npm run wasm` makes texts.wasm of it. texts.ts says what lies where in the memory, and what a text is.
;;
;; `jobs` are papers, 16 bytes each: where the text begins, where it ends, and, both in 32-bit floating point, what the
;; length of the paper adds to the count of a word (its norm) and a number that is given or found.

(module
  (import "index" "memory" (memory 1))

  ;; What the papers of the jobs say together: every word gets a slot from 1 on, at most `most` of them, and by slot the
  ;; lists get its number in the texts (`words`, 32 bits), the sum of its parts of BM25 times the number given with each
  ;; paper (`sums`, 64-bit floating point), and how many papers have it (`holders`, 32 bits). `slotOf` has 16 bits for each
  ;; number of a text, all 0 before and after. `times` and `held` (32 bits by slot) are for the paper at hand. In the end
  ;; only the words that `least` papers have are left in the lists, from 0 on and by their numbers in the term table; returns
  ;; how many those are.
  (func (export "share")
    (param $jobs i32) (param $size i32) (param $slotOf i32) (param $words i32) (param $times i32) (param $sums i32)
    (param $holders i32) (param $held i32) (param $most i32) (param $least i32) (result i32)
    (local $from i32) (local $end i32) (local $byte i32) (local $word i32) (local $shift i32) (local $slot i32)
    (local $ahead i32) (local $two i32) (local $three i32) (local $section i32) (local $counts f32) (local $known i32) (local $kept i32) (local $heldEnd i32) (local $at i32)
    (local $count f32) (local $part f64)
    (block $done
      (loop $papers
        (br_if $done (i32.eqz (local.get $size)))
        (local.set $from (i32.load (local.get $jobs)))
        (local.set $end (i32.load offset=4 (local.get $jobs)))
        (local.set $heldEnd (local.get $held))
        (local.set $section (i32.const 0))
        (local.set $counts (f32.const 2))
        (block $read
          (loop $each
            (br_if $read (i32.ge_u (local.get $from) (local.get $end)))
            (local.set $ahead (i32.load (local.get $from)))
            (local.set $two (i32.and (i32.shr_u (local.get $ahead) (i32.const 7)) (i32.const 1)))
            (local.set $three (i32.and (i32.shr_u (local.get $ahead) (i32.const 15)) (local.get $two)))
            (local.set $word (call $wordOf (local.get $ahead) (local.get $two) (local.get $three)))
            (local.set $from
              (i32.add (i32.add (local.get $from) (i32.const 1)) (i32.add (local.get $two) (local.get $three))))
            (if (i32.and (i32.shr_u (local.get $ahead) (i32.const 23)) (local.get $three))
              (then
                (local.set $shift (i32.const 21))
                (loop $further
                  (local.set $byte (i32.load8_u (local.get $from)))
                  (local.set $from (i32.add (local.get $from) (i32.const 1)))
                  (local.set $word
                    (i32.or
                      (local.get $word)
                      (i32.shl (i32.and (local.get $byte) (i32.const 127)) (local.get $shift))))
                  (local.set $shift (i32.add (local.get $shift) (i32.const 7)))
                  (br_if $further (i32.ge_u (local.get $byte) (i32.const 128))))))
            (if (i32.eqz (local.get $word))
              (then
                (local.set $section (i32.add (local.get $section) (i32.const 1)))
                (local.set $counts (call $countsIn (local.get $section)))
                (br $each)))
            (local.set $at (i32.add (local.get $slotOf) (i32.shl (local.get $word) (i32.const 1))))
            (local.set $slot (i32.load16_u (local.get $at)))
            (if (i32.eqz (local.get $slot))
              (then
                (br_if $each (i32.ge_u (local.get $known) (local.get $most)))
                (local.set $known (i32.add (local.get $known) (i32.const 1)))
                (local.set $slot (local.get $known))
                (i32.store16 (local.get $at) (local.get $slot))
                (i32.store (i32.add (local.get $words) (i32.shl (local.get $slot) (i32.const 2))) (local.get $word))
                (i32.store (i32.add (local.get $holders) (i32.shl (local.get $slot) (i32.const 2))) (i32.const 0))
                (f32.store (i32.add (local.get $times) (i32.shl (local.get $slot) (i32.const 2))) (f32.const 0))
                (f64.store (i32.add (local.get $sums) (i32.shl (local.get $slot) (i32.const 3))) (f64.const 0))))
            (local.set $at (i32.add (local.get $times) (i32.shl (local.get $slot) (i32.const 2))))
            (local.set $count (f32.load (local.get $at)))
            (if (f32.eq (local.get $count) (f32.const 0))
              (then
                (i32.store (local.get $heldEnd) (local.get $slot))
                (local.set $heldEnd (i32.add (local.get $heldEnd) (i32.const 4)))))
            (f32.store
              (local.get $at)
              (f32.min (f32.const 255) (f32.add (local.get $count) (local.get $counts))))
            (br $each)))
        (block $shared
          (loop $slots
            (br_if $shared (i32.le_u (local.get $heldEnd) (local.get $held)))
            (local.set $heldEnd (i32.sub (local.get $heldEnd) (i32.const 4)))
            (local.set $slot (i32.load (local.get $heldEnd)))
            (local.set $at (i32.add (local.get $times) (i32.shl (local.get $slot) (i32.const 2))))
            (local.set $part (f64.promote_f32 (f32.load (local.get $at))))
            (f32.store (local.get $at) (f32.const 0))
            (local.set $part
              (f64.div
                (local.get $part)
                (f64.add (local.get $part) (f64.promote_f32 (f32.load offset=8 (local.get $jobs))))))
            (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $slot) (i32.const 3))))
            (f64.store
              (local.get $at)
              (f64.add
                (f64.load (local.get $at))
                (f64.mul (local.get $part) (f64.promote_f32 (f32.load offset=12 (local.get $jobs))))))
            (local.set $at (i32.add (local.get $holders) (i32.shl (local.get $slot) (i32.const 2))))
            (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1)))
            (br $slots)))
        (local.set $jobs (i32.add (local.get $jobs) (i32.const 16)))
        (local.set $size (i32.sub (local.get $size) (i32.const 1)))
        (br $papers)))
    ;; Words begin at slot 1; those that enough papers have are moved together from 0 on.
    (local.set $slot (i32.const 1))
    (block $clean
      (loop $slots
        (br_if $clean (i32.gt_u (local.get $slot) (local.get $known)))
        (local.set $word (i32.load (i32.add (local.get $words) (i32.shl (local.get $slot) (i32.const 2)))))
        (i32.store16 (i32.add (local.get $slotOf) (i32.shl (local.get $word) (i32.const 1))) (i32.const 0))
        (local.set $at (i32.load (i32.add (local.get $holders) (i32.shl (local.get $slot) (i32.const 2)))))
        (i32.store
          (i32.add (local.get $words) (i32.shl (local.get $kept) (i32.const 2)))
          (i32.sub (local.get $word) (i32.const 1)))
        (i32.store (i32.add (local.get $holders) (i32.shl (local.get $kept) (i32.const 2))) (local.get $at))
        (f64.store
          (i32.add (local.get $sums) (i32.shl (local.get $kept) (i32.const 3)))
          (f64.load (i32.add (local.get $sums) (i32.shl (local.get $slot) (i32.const 3)))))
        (local.set $kept (i32.add (local.get $kept) (i32.ge_u (local.get $at) (local.get $least))))
        (local.set $slot (i32.add (local.get $slot) (i32.const 1)))
        (br $slots)))
    (local.get $kept))

  ;; A number of one, two or three bytes, seven bits each, the low ones first, at the beginning of `four`: `two` and `three`
  ;; say with 1 that it has as many. Without a branch, because nobody can foretell how long the next word is. Up to three
  ;; bytes beyond the text are read.
  (func $wordOf (param $four i32) (param $two i32) (param $three i32) (result i32)
    (i32.or
      (i32.and (local.get $four) (i32.const 0x7f))
      (i32.or
        (i32.and
          (i32.and (i32.shr_u (local.get $four) (i32.const 1)) (i32.const 0x3f80))
          (i32.sub (i32.const 0) (local.get $two)))
        (i32.and
          (i32.and (i32.shr_u (local.get $four) (i32.const 2)) (i32.const 0x1fc000))
          (i32.sub (i32.const 0) (local.get $three))))))

  ;; How often a word counts by the section it stands in: categories 2, title 3, abstract 1, authors 2.
  (func $countsIn (param $section i32) (result f32)
    (select
      (f32.const 3)
      (select (f32.const 1) (f32.const 2) (i32.eq (local.get $section) (i32.const 2)))
      (i32.eq (local.get $section) (i32.const 1))))

  ;; BM25 of each job's paper for the words that have a slot: `slotOf` has 16 bits for each number of a text, 0 for words
  ;; that are not asked for. `weights` and `times` are 32-bit floating point by slot; `slots` bytes of them are in use,
  ;; a multiple of 16. Where words end is looked for in sixteen bytes at once, so that no word has to wait for the length
  ;; of the one before; up to fifteen bytes beyond the text are read.
  (func (export "weigh")
    (param $jobs i32) (param $size i32) (param $slotOf i32) (param $weights i32) (param $times i32) (param $slots i32)
    (local $from i32) (local $end i32) (local $block i32) (local $ends i32) (local $last i32) (local $more i32)
    (local $four i32) (local $word i32) (local $slot i32)
    (local $section i32) (local $counts f32) (local $sum v128) (local $norm v128) (local $times4 v128)
    (block $done
      (loop $papers
        (br_if $done (i32.eqz (local.get $size)))
        (local.set $from (i32.load (local.get $jobs)))
        (local.set $end (i32.load offset=4 (local.get $jobs)))
        (memory.fill (local.get $times) (i32.const 0) (local.get $slots))
        (local.set $section (i32.const 0))
        (local.set $counts (f32.const 2))
        (local.set $block (local.get $from))
        (block $read
          (loop $blocks
            (br_if $read (i32.ge_u (local.get $block) (local.get $end)))
            ;; A bit for each byte that is the last one of a word: those below 128.
            (local.set $ends (i32.xor (i8x16.bitmask (v128.load (local.get $block))) (i32.const 0xffff)))
            (if (i32.lt_u (i32.sub (local.get $end) (local.get $block)) (i32.const 16))
              (then
                (local.set $ends
                  (i32.and
                    (local.get $ends)
                    (i32.sub
                      (i32.shl (i32.const 1) (i32.sub (local.get $end) (local.get $block)))
                      (i32.const 1))))))
            (block $next
              (loop $words
                (br_if $next (i32.eqz (local.get $ends)))
                (local.set $last (i32.add (local.get $block) (i32.ctz (local.get $ends))))
                (local.set $ends (i32.and (local.get $ends) (i32.sub (local.get $ends) (i32.const 1))))
                (local.set $four (i32.load (local.get $from)))
                (local.set $more (i32.sub (local.get $last) (local.get $from)))
                (local.set $from (i32.add (local.get $last) (i32.const 1)))
                ;; Seven bits a byte, the low ones first; of so many bytes as there are.
                (local.set $word
                  (i32.or
                    (i32.and (local.get $four) (i32.const 0x7f))
                    (i32.or
                      (i32.and (i32.shr_u (local.get $four) (i32.const 1)) (i32.const 0x3f80))
                      (i32.and (i32.shr_u (local.get $four) (i32.const 2)) (i32.const 0x1fc000)))))
                (if (i32.gt_u (local.get $more) (i32.const 2))
                  ;; Of two million words there are few; none has more than four bytes, which number 268 million.
                  (then
                    (local.set $word
                      (i32.or
                        (local.get $word)
                        (i32.and (i32.shr_u (local.get $four) (i32.const 3)) (i32.const 0xfe00000)))))
                  (else
                    (local.set $word
                      (i32.and
                        (local.get $word)
                        (i32.sub
                          (i32.shl
                            (i32.const 128)
                            (i32.sub (i32.shl (local.get $more) (i32.const 3)) (local.get $more)))
                          (i32.const 1))))))
                (if (i32.eqz (local.get $word))
                  (then
                    (local.set $section (i32.add (local.get $section) (i32.const 1)))
                    (local.set $counts (call $countsIn (local.get $section)))
                    (br $words)))
                (local.set $slot
                  (i32.load16_u (i32.add (local.get $slotOf) (i32.shl (local.get $word) (i32.const 1)))))
                (br_if $words (i32.eqz (local.get $slot)))
                (local.set $slot (i32.add (local.get $times) (i32.shl (local.get $slot) (i32.const 2))))
                (f32.store (local.get $slot) (f32.add (f32.load (local.get $slot)) (local.get $counts)))
                (br $words)))
            (local.set $block (i32.add (local.get $block) (i32.const 16)))
            (br $blocks)))
        (local.set $norm (v128.load32_splat offset=8 (local.get $jobs)))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $slot (i32.const 0))
        (loop $times4s
          (local.set $times4
            (f32x4.pmin
              (v128.const f32x4 255 255 255 255)
              (v128.load (i32.add (local.get $times) (local.get $slot)))))
          (local.set $sum
            (f32x4.add
              (local.get $sum)
              (f32x4.div
                (f32x4.mul (v128.load (i32.add (local.get $weights) (local.get $slot))) (local.get $times4))
                (f32x4.add (local.get $times4) (local.get $norm)))))
          (local.set $slot (i32.add (local.get $slot) (i32.const 16)))
          (br_if $times4s (i32.lt_u (local.get $slot) (local.get $slots))))
        (f32.store offset=12
          (local.get $jobs)
          (f32.add
            (f32.add (f32x4.extract_lane 0 (local.get $sum)) (f32x4.extract_lane 1 (local.get $sum)))
            (f32.add (f32x4.extract_lane 2 (local.get $sum)) (f32x4.extract_lane 3 (local.get $sum)))))
        (local.set $jobs (i32.add (local.get $jobs) (i32.const 16)))
        (local.set $size (i32.sub (local.get $size) (i32.const 1)))
        (br $papers))))

  ;; For each job whether the `length` bytes at `run` (two at least) stand in its text as whole words, after the first
  ;; section: 1 or 0. Sixteen places are looked at together; up to 32 bytes beyond the text are read.
  (func (export "findRun")
    (param $jobs i32) (param $size i32) (param $run i32) (param $length i32)
    (local $from i32) (local $last i32) (local $bits i32) (local $at i32) (local $byte i32)
    (local $first v128) (local $second v128)
    (local.set $first (v128.load8_splat (local.get $run)))
    (local.set $second (v128.load8_splat offset=1 (local.get $run)))
    (block $done
      (loop $papers
        (br_if $done (i32.eqz (local.get $size)))
        (f32.store offset=12 (local.get $jobs) (f32.const 0))
        (local.set $from (i32.load (local.get $jobs)))
        ;; The last place at which the run could begin.
        (local.set $last (i32.sub (i32.load offset=4 (local.get $jobs)) (local.get $length)))
        ;; The first section ends with the first 0.
        (block $section
          (loop $skip
            (br_if $section (i32.gt_s (local.get $from) (local.get $last)))
            (local.set $byte (i32.load8_u (local.get $from)))
            (local.set $from (i32.add (local.get $from) (i32.const 1)))
            (br_if $skip (local.get $byte))))
        (block $read
          (loop $sixteens
            (br_if $read (i32.gt_s (local.get $from) (local.get $last)))
            (local.set $bits
              (i8x16.bitmask
                (v128.and
                  (i8x16.eq (v128.load (local.get $from)) (local.get $first))
                  (i8x16.eq (v128.load offset=1 (local.get $from)) (local.get $second)))))
            (block $none
              (loop $places
                (br_if $none (i32.eqz (local.get $bits)))
                (local.set $at (i32.add (local.get $from) (i32.ctz (local.get $bits))))
                (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
                (br_if $read (i32.gt_s (local.get $at) (local.get $last)))
                ;; Within a word, which goes on after a byte of 128 or more.
                (br_if $places (i32.ge_u (i32.load8_u (i32.sub (local.get $at) (i32.const 1))) (i32.const 128)))
                (local.set $byte (i32.const 2))
                (block $differs
                  (loop $bytes
                    (if (i32.ge_u (local.get $byte) (local.get $length))
                      (then
                        (f32.store offset=12 (local.get $jobs) (f32.const 1))
                        (br $read)))
                    (br_if $differs
                      (i32.ne
                        (i32.load8_u (i32.add (local.get $at) (local.get $byte)))
                        (i32.load8_u (i32.add (local.get $run) (local.get $byte)))))
                    (local.set $byte (i32.add (local.get $byte) (i32.const 1)))
                    (br $bytes)))
                (br $places)))
            (local.set $from (i32.add (local.get $from) (i32.const 16)))
            (br $sixteens)))
        (local.set $jobs (i32.add (local.get $jobs) (i32.const 16)))
        (local.set $size (i32.sub (local.get $size) (i32.const 1)))
        (br $papers)))))

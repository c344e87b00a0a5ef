/** TeX commands that stand for one character, in and out of formulas. */

const table = `
alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν
xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
times × cdot · pm ± mp ∓ div ÷ ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗ odot ⊙ wedge ∧ land ∧ vee ∨ lor ∨ cap ∩
cup ∪ setminus ∖ neg ¬ lnot ¬ forall ∀ exists ∃ emptyset ∅ varnothing ∅ infty ∞ partial ∂ nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ
aleph ℵ sum ∑ prod ∏ coprod ∐ int ∫ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ angle ∠ triangle △ square □ Box □
dagger † ddagger ‡ prime ′ degree ° deg ° top ⊤ bot ⊥ checkmark ✓ clubsuit ♣ spadesuit ♠ heartsuit ♥ diamondsuit ♦
leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ ll ≪ gg ≫ lesssim ≲ gtrsim ≳
leqslant ≤ geqslant ≥ prec ≺ succ ≻ preceq ⪯ succeq ⪰ in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇
subsetneq ⊊ mid | parallel ∥ perp ⊥ models ⊨ vdash ⊢ to → rightarrow → leftarrow ← leftrightarrow ↔ longrightarrow ⟶
Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⇒ iff ⇔ mapsto ↦ uparrow ↑ downarrow ↓ hookrightarrow ↪
rightleftharpoons ⇌ nearrow ↗ searrow ↘ triangleq ≜ coloneqq ≔ asymp ≍ doteq ≐ lhd ◁ rhd ▷
ldots … dots … cdots ⋯ dotsc … dotsb ⋯ textellipsis … vdots ⋮ ddots ⋱ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ langle ⟨ rangle ⟩
vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ lbrace { rbrace } lbrack [ rbrack ] backslash \\ colon :
textendash – textemdash — textbackslash \\ textasciitilde ~ textasciicircum ^ textunderscore _ textbar | textless <
textgreater > textdollar $ textquotedblleft “ textquotedblright ” textquoteleft ‘ textquoteright ’ textquotesingle '
textbullet • textpm ± texttimes × textperiodcentered · textpertenthousand ‱ textperthousand ‰ textonehalf ½
textrightarrow → textleftarrow ← textsection § textalpha α textbeta β LaTeX LaTeX TeX TeX BibTeX BibTeX
i ı j ȷ S § P ¶ AA Å aa å`;

const words = table.trim().split(/\s+/);

export const symbols: ReadonlyMap<string, string> = new Map(
  Array.from({ length: words.length / 2 }, (_, index) => [words[2 * index] ?? '', words[2 * index + 1] ?? ''] as const),
);

/** Relations and arrows: what prints with space around it. */
export const relations = /^[=<>≤≥≠≈∼≃≅≡∝≪≫≲≳≺≻⪯⪰∈∉∋⊂⊃⊆⊇⊊⊨⊢→←↔⟶⇒⇐⇔↦↪⇌≜≔≍≐]$/u;

/** Functions that are set upright under their own name. */
export const functionNames: ReadonlySet<string> = new Set(
  `arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf ker lg liminf limsup lim ln
  log max min Pr sec sin sinh sup tan tanh`.split(/\s+/),
);

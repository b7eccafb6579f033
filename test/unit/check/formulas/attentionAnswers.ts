/** Answers in students’ manners to what attention costs; those on the variant are in `variantAnswers.ts`. */
export interface CostAnswer {
  readonly text: string;
  /** What the answer gives as its result, by a person's reading; null where it gives none, or one cannot be sure. */
  readonly result: string | null;
}

const tex = String.raw;

/** On softmax(QK^T / √d) V. */
export const ON_ATTENTION: readonly CostAnswer[] = [
  { text: '$O(n^2 d)$', result: 'n^2 d' },
  { text: tex`$$\mathcal{O}\left(n^{2} \cdot d\right)$$`, result: 'n^2 d' },
  { text: 'Attention is quadratic in n and linear in d.', result: 'n^2 d' },
  {
    text: 'The runtime grows quadratically with the sequence length and linearly with the feature dimension.',
    result: 'n^2 d',
  },
  {
    text: 'The product QK^T takes O(n^2 d), softmax is O(n^2) on the n x n matrix, and multiplying by V is O(n^2 d) again. In total O(n^2 d).',
    result: 'n^2 d',
  },
  {
    text: tex`Forming $QK^\top$: $n^2$ dot products of length $d$, i.e. $O(n^2 d)$. Softmax: $O(n^2)$. Weighted sum of values: $O(n^2 d)$. Hence the overall complexity is $\Theta(n^2 d)$, which is why long contexts are slow.`,
    result: 'n^2 d',
  },
  {
    text: tex`Steps:
1. $QK^\top \in \mathbb{R}^{n\times n}$, costs $O(n^2 d)$
2. scaling and softmax, $O(n^2)$
3. times $V$, again $O(n^2 d)$

So it is

$$T(n, d) = O(n^2 d) + O(n^2) + O(n^2 d) = O(n^2 d).$$`,
    result: 'n^2 d',
  },
  { text: 'I would say $O(n^2)$ because every token looks at every other token.', result: 'n^2' },
  {
    text: 'Each of the n queries is compared with n keys, and one comparison is d multiplications: n * n * d. The same for V. So it is O(n*n*d) altogether.',
    result: 'n^2 d',
  },
  { text: tex`The complexity is $O(n \cdot d^2)$ since the matrices have $d$ columns.`, result: 'n d^2' },
  {
    text: tex`Let $L$ be the sequence length and $D$ the embedding dimension. Then attention needs $\mathcal{O}(L^2 D)$ operations.`,
    result: 'n^2 d',
  },
  {
    text: tex`With $Q, K, V \in \mathbb{R}^{T\times D}$ the scores cost $T^2 D$ multiplications, and so does the product with $V$; altogether $O(T^2 D)$.`,
    result: 'n^2 d',
  },
  { text: 'QKᵀ → n²d, softmax → n², ·V → n²d. Σ = Θ(n²·d)', result: 'n^2 d' },
  {
    text: tex`Matrix multiplication of an $n\times d$ with a $d\times n$ matrix is $O(n^2 d)$ and dominates everything else: the softmax is only $O(n^2)$.`,
    result: 'n^2 d',
  },
  {
    text: tex`$QK^T$ costs $O(n^2 d)$. The softmax costs $O(n^2)$. The multiplication with $V$ costs $O(n^2 d)$.`,
    result: 'n^2 d',
  },
  { text: tex`Computing it costs $2n^2d + 3n^2$ operations, so $O(n^2 d + n^2) = O(n^2 d)$.`, result: 'n^2 d' },
  { text: tex`Time: $O(n^2 d)$. Memory: $O(n^2)$ for the score matrix.`, result: 'n^2 d' },
  { text: tex`The memory is $O(n^2)$ while the time is $O(n^2 d)$.`, result: 'n^2 d' },
  { text: tex`Unlike recurrent networks, which take $O(n d^2)$, self-attention takes $O(n^2 d)$.`, result: 'n^2 d' },
  { text: tex`It is not $O(n^3)$ but $O(n^2 d)$, because the inner dimension is $d$.`, result: 'n^2 d' },
  {
    text: tex`People often say that attention is $O(n^2)$, but this treats $d$ as a constant. Counting it, we get $O(n^2 d)$.`,
    result: 'n^2 d',
  },
  {
    text: tex`**Answer: $O(dn^2)$.** The two big products are $n \times d$ by $d\times n$ and $n \times n$ by $n \times d$.`,
    result: 'n^2 d',
  },
  { text: 'O(n<sup>2</sup>d) overall, from the two matrix products.', result: 'n^2 d' },
  { text: 'The two matmuls are each `O(n^2 d)`; everything else is smaller. Total: `O(n^2 d)`', result: 'n^2 d' },
  { text: tex`\(QK^\top\) takes \(O(n^2d)\), and in the end we have \[ O(n^2 d) \]`, result: 'n^2 d' },
  {
    text: tex`First the product:

$$QK^\top: \quad O(n^2 d)$$

Then the row-wise softmax:

$$O(n^2)$$

Finally the values are mixed, which is $O(n^2 d)$ once more. The sum is dominated by the products:

$$O(n^2 d)$$`,
    result: 'n^2 d',
  },
  { text: tex`$\begin{aligned} T &= n^2 d + n^2 + n^2 d \\ &= O(n^2 d)\end{aligned}$`, result: 'n^2 d' },
  {
    text: 'We need O(n²d) for the scores and O(n²) for normalising them. Then O(n d) for the output. So we have O(n²d) at the end.',
    result: 'n^2 d',
  },
  { text: tex`$\text{softmax}\left(\frac{QK^\top}{\sqrt{d}}\right)V$ takes $\Theta(n^2 d)$ time.`, result: 'n^2 d' },
  { text: 'Total cost: n^3, as we multiply n x n matrices. So O(n^3).', result: 'n^3' },
  { text: tex`$O(n^2 d + n d^2)$ in total.`, result: 'n^2 d + n d^2' },
  { text: tex`$O(n^2\log n)$ overall`, result: 'n^2 \\log n' },
  { text: 'It needs a lot of time because all words look at all words.', result: null },
  { text: tex`Time is linear in $d$ and grows with the square of $n$.`, result: null },
  { text: 'It is bounded by $O(m^2 p)$.', result: null },
  {
    text: tex`We have three operations. $QK^\top$: multiplying $(n \times d)(d \times n)$ which is $\mathcal{O}(n^2 d)$. Softmax on $n^2$ numbers: $\mathcal{O}(n^2)$. Multiply with $V$: $(n\times n)(n \times d)$, $\mathcal{O}(n^2 d)$. The first and last terms dominate, giving $\mathcal{O}(n^2 d)$.`,
    result: 'n^2 d',
  },
  {
    text: tex`Time complexity: $O(n^2 \cdot d)$ - computing $QK^\top$ requires $n^2$ dot products, each taking $O(d)$.`,
    result: 'n^2 d',
  },
  {
    text: tex`$O(n^2 d)$, because $QK^T$ is $O(n^2 d)$, softmax is $O(n^2)$ and the product with $V$ is $O(n^2 d)$.`,
    result: 'n^2 d',
  },
  { text: tex`$O(n^2d)$: first we compute $QK^T$ in $O(n^2 d)$, then the softmax in $O(n^2)$.`, result: 'n^2 d' },
  {
    text: tex`For each of the $n^2$ pairs we do $O(d)$ work, so the attention matrix costs $O(n^2d)$; the softmax adds $O(n^2)$ and the averaging of values another $O(n^2 d)$. Everything together stays at $O(n^2 d)$.`,
    result: 'n^2 d',
  },
  { text: tex`Attention is $O(n^2)$ in the sequence length. More precisely $O(n^2 d)$.`, result: 'n^2 d' },
  { text: tex`So, as a function of n alone it is $O(n^2)$; with d it's $O(n^2d)$.`, result: 'n^2 d' },
  { text: tex`The answer would be $O(n^{2}d+n^{2})=O(n^{2}d)$`, result: 'n^2 d' },
  {
    text: tex`Let N be the number of tokens. The attention matrix has $N^2$ entries, each a dot product of $d$ numbers: $N^2 d$. Complexity $O(N^2 d)$.`,
    result: 'n^2 d',
  },
  { text: 'O(N^2 * d)', result: 'n^2 d' },
  { text: tex`$\Theta(n^2 d_k)$ overall`, result: 'n^2 d' },
  {
    text: tex`$O(n^2 d)$ for $QK^\top$, $O(n^2)$ for the softmax and $O(n^2 d)$ for the product with $V$`,
    result: 'n^2 d',
  },
  {
    text: tex`| step | cost |
|---|---|
| $QK^\top$ | $O(n^2 d)$ |
| softmax | $O(n^2)$ |
| times $V$ | $O(n^2 d)$ |
| **total** | $O(n^2 d)$ |`,
    result: 'n^2 d',
  },
  {
    text: tex`| step | cost |
|---|---|
| $QK^\top$ | $O(n^2 d)$ |
| softmax | $O(n^2)$ |
| times $V$ | $O(n^2 d)$ |`,
    result: 'n^2 d',
  },
  { text: 'I think it is n squared times d: O(n^2 d).', result: 'n^2 d' },
  { text: 'The cost is n^2*d multiplications twice, so 2*n^2*d.', result: 'n^2 d' },
  { text: tex`$n^2 d + n^2 + n^2 d$, that is $\mathcal O(n^2 d)$`, result: 'n^2 d' },
  {
    text: tex`$QK^\top$ is an $n\times n$ matrix, so computing it takes $n \cdot n \cdot d$ steps. We then multiply by $V$ which takes the same. Thus $O(n^2 d)$.`,
    result: 'n^2 d',
  },
  { text: tex`It takes $O(n^2 d)$ time and $O(n^2 + nd)$ memory.`, result: 'n^2 d' },
  { text: tex`It takes $O(n^2 d)$ time and $O(n^2 + nd)$ space.`, result: 'n^2 d' },
  { text: tex`The time is $O(n^2d)$ (and the space $O(n^2)$).`, result: 'n^2 d' },
  { text: tex`The softmax is $O(n^2)$ so attention is $O(n^2)$.`, result: 'n^2' },
  { text: tex`$O(n d)$`, result: 'n d' },
  { text: tex`The total is $O(n^2 d) + O(n^2) + O(n^2 d)$.`, result: 'n^2 d' },
  { text: tex`Σ: O(n²d)+O(n²)+O(n²d) ∈ O(n²d)`, result: 'n^2 d' },
  {
    text: tex`We write $T_1 = O(n^2 d)$ for $QK^\top$, $T_2 = O(n^2)$ for the softmax, $T_3 = O(n^2 d)$ for the rest. $T = T_1 + T_2 + T_3 = O(n^2 d)$.`,
    result: 'n^2 d',
  },
  { text: tex`The product is cubic: $O(n^3)$? No: the inner dimension is $d$, hence $O(n^2 d)$.`, result: 'n^2 d' },
  { text: tex`It costs $O(n^2 d)$, so doubling the sequence makes it four times slower.`, result: 'n^2 d' },
  { text: tex`n tokens attend to n tokens with d features each ⇒ n²·d`, result: 'n^2 d' },
  { text: tex`My result: $\boxed{O(n^2 d)}$. (Without the scaling, which is $O(n^2)$.)`, result: 'n^2 d' },
  {
    text: tex`$$\underbrace{O(n^2 d)}_{QK^\top} + \underbrace{O(n^2)}_{\text{softmax}} + \underbrace{O(n^2 d)}_{\cdot V} = O(n^2 d)$$`,
    result: 'n^2 d',
  },
  {
    text: tex`Complexity of $QK^\top$ is $O(n^2 d)$. Complexity of softmax is $O(n^2)$. Complexity of multiplication with $V$ is $O(n^2 d)$. Complexity of attention is $O(n^2 d)$.`,
    result: 'n^2 d',
  },
  {
    text: tex`Multiplying takes $O(n^2 d)$. Dividing by $\sqrt d$ takes $O(n^2)$. Softmax takes $O(n^2)$. Multiplying by $V$ takes $O(n^2 d)$. We keep the biggest one, $O(n^2 d)$.`,
    result: 'n^2 d',
  },
  { text: tex`Naively one would expect $O(n d)$ but it is $O(n^2 d)$.`, result: 'n^2 d' },
  { text: tex`$O(n^2 d)$ instead of $O(n d^2)$ as in RNNs.`, result: 'n^2 d' },
  {
    text: tex`Attention consists of two matmuls and a softmax. The first matmul, $QK^\top$, multiplies an $n \times d$ by a $d \times n$ matrix, so $n^2 d$ flops. The softmax touches all $n^2$ entries. The last matmul is $n^2 d$ flops again. Therefore the runtime is in $\mathcal{O}(n^2 d)$.`,
    result: 'n^2 d',
  },
  {
    text: tex`- matmul 1: $n^2d$
- scale: $n^2$
- softmax: $n^2$
- matmul 2: $n^2d$

$\Rightarrow$ $O(n^2d)$`,
    result: 'n^2 d',
  },
  { text: 'Cost is dominated by the two n×n products, O(n²d) each.', result: 'n^2 d' },
  { text: tex`We need $\mathcal{O}(dn^2)$ operations, i.e. the cost explodes for long sequences.`, result: 'n^2 d' },
  {
    text: tex`In big-O notation: $O(d \cdot n^2)$. The $\sqrt{d}$ scaling ($O(n^2)$) and the softmax ($O(n^2)$) don't matter.`,
    result: 'n^2 d',
  },
  { text: tex`$T(n,d) \in \Theta(n^2 d)$`, result: 'n^2 d' },
  {
    text: 'The time complexity of self attention is O(n^2 * d) where n = sequence length, d = dimension of the representation',
    result: 'n^2 d',
  },
  {
    text: tex`Two products of cost $n^2 d$ plus $n^2$ exponentials makes $2n^2d + n^2 = \mathcal{O}(n^2d)$.`,
    result: 'n^2 d',
  },
  {
    text: tex`$QK^\top$: each of the $n\cdot n$ entries needs $d$ multiplications $\to O(n^2d)$. softmax $\to O(n^2)$. Multiplying $n \times n$ with $n \times d$ $\to O(n^2 d)$. All in all: $O(n^2 d)$`,
    result: 'n^2 d',
  },
  {
    text: tex`Quadratic in the number of tokens: $O(n^2)$ scores, each costs $O(d)$. So $O(n^2)\cdot O(d) = O(n^2 d)$.`,
    result: 'n^2 d',
  },
  { text: tex`I get $O(n^2 d + n^2)$ which simplifies to $O(n^2 d)$.`, result: 'n^2 d' },
  { text: tex`Its complexity class is $O(d^2 n)$ as we do $n$ times a $d\times d$ operation`, result: 'n d^2' },
  { text: tex`The complexity is $n^2$. The dimension does not matter much.`, result: 'n^2' },
  {
    text: tex`The attention layer has a complexity of $O(n^2 \cdot d)$ while a recurrent layer has $O(n\cdot d^2)$ and a convolution $O(k n d^2)$.`,
    result: 'n^2 d',
  },
  {
    text: tex`If the sequence has $T$ tokens of dimension $d$, computing all scores is $O(T^2 d)$, and so is the weighted average. Total $O(T^2 d)$.`,
    result: 'n^2 d',
  },
  { text: tex`complexity = $O(n \cdot n \cdot d) = O(n^2 d)$`, result: 'n^2 d' },
  {
    text: tex`Step 1 gives us $O(n^2d)$, step 2 $O(n^2)$ and step 3 $O(n^2d)$, we sum this up and receive $O(n^2d)$`,
    result: 'n^2 d',
  },
  {
    text: tex`Since $O(n^2) \subset O(n^2 d)$, the softmax can be neglected and attention is $O(n^2 d)$.`,
    result: 'n^2 d',
  },
  {
    text: tex`$(n \times d)\cdot(d\times n)$ costs $n\cdot d\cdot n$; $(n\times n)\cdot(n \times d)$ costs $n \cdot n\cdot d$. Sum: $2n^2d$.`,
    result: 'n^2 d',
  },
  { text: tex`Each head does $O(n^2 d_k)$ work. With $d_k = d/h$ and $h$ heads we have $O(n^2 d)$.`, result: 'n^2 d' },
  { text: tex`I summed over all steps and what I got was $O(n^2 d)$.`, result: 'n^2 d' },
  { text: tex`Going over all pairs of tokens takes $O(n^2 d)$.`, result: 'n^2 d' },
];

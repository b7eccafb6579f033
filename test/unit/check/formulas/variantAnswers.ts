import type { CostAnswer } from './attentionAnswers';

const tex = String.raw;

/** On softmax(Q / √d)(K^T V). */
export const ON_VARIANT: readonly CostAnswer[] = [
  { text: '$O(nd^2)$', result: 'n d^2' },
  {
    text: tex`$K^\top V$ is $d\times d$ and costs $O(nd^2)$; multiplying by it is $O(nd^2)$ too, so $O(nd^2)$ in total instead of $O(n^2 d)$.`,
    result: 'n d^2',
  },
  { text: tex`This brings us from $O(n^2 d)$ down to $O(n d^2)$, a good deal if $d \ll n$.`, result: 'n d^2' },
  { text: tex`The cost is $O(n d^2)$, much less than the $O(n^2 d)$ of before.`, result: 'n d^2' },
  { text: tex`Standard attention costs $O(n^2 d)$. Bob's version costs $O(n d^2)$.`, result: 'n d^2' },
  { text: tex`Bob's version needs only $O(n d^2)$ where standard attention needs $O(n^2 d)$.`, result: 'n d^2' },
  { text: tex`$O(d^2 n) \ll O(n^2 d)$ when $d \ll n$.`, result: 'n d^2' },
  { text: 'Linear in n and quadratic in d.', result: 'n d^2' },
  {
    text: 'The cost becomes linear in the sequence length and quadratic in the dimension, so it is no longer quadratic in the length.',
    result: 'n d^2',
  },
  { text: tex`Complexity is $O(nd)$ as the $n\times n$ matrix never appears.`, result: 'n d' },
  {
    text: tex`First $K^\top V$ in $O(n d^2)$. Then softmax of $Q$ in $O(nd)$. Then their product in $O(n d^2)$. It all adds up to $O(n d^2)$.`,
    result: 'n d^2',
  },
  {
    text: tex`- softmax over the rows of $Q$: $O(nd)$
- $K^\top V$: $O(nd^2)$
- product: $O(nd^2)$

Overall: $O(nd^2)$. For long sequences this beats $O(n^2d)$.`,
    result: 'n d^2',
  },
  {
    text: 'KᵀV costs n·d² mults and gives d×d, softmax n·d, last product n·d². So Θ(n·d²) vs Θ(n²·d) for the real one.',
    result: 'n d^2',
  },
  { text: tex`It still is $O(n^2 d)$, brackets do not matter.`, result: 'n^2 d' },
  { text: tex`Bob claims that this is $O(n)$. In fact it takes $O(nd^2)$.`, result: 'n d^2' },
  { text: 'Instead of O(n²·d) it is now O(n·d²).', result: 'n d^2' },
  {
    text: tex`The original formula costs $O(n^2 d)$ because of the $n\times n$ matrix. Here we first compute $K^\top V$, a $d \times d$ matrix, with $O(n d^2)$ and then multiply from the left with an $n\times d$ matrix, again $O(nd^2)$. Therefore we end up with $O(nd^2)$. If $d$ is constant this is $O(n)$, i.e. linear.`,
    result: 'n d^2',
  },
  {
    text: tex`In the same way as before: $\underbrace{O(nd)}_{\text{softmax}} + \underbrace{O(nd^2)}_{K^\top V} + \underbrace{O(nd^2)}_{\text{product}} = O(nd^2)$`,
    result: 'n d^2',
  },
  { text: tex`The total is $nd^2 + nd + nd^2 = O(nd^2)$, compared to $O(n^2 d)$ for attention.`, result: 'n d^2' },
  {
    text: tex`Attention has complexity $O(n^2 d)$, this has complexity $O(n d^2)$. Since usually $n > d$ it is faster.`,
    result: 'n d^2',
  },
  { text: tex`$O(d^2)$ for everything because $K^\top V$ is only $d\times d$.`, result: 'd^2' },
  { text: 'It is cheaper when d is small.', result: null },
  { text: tex`It is cheaper than $O(n^2 d)$.`, result: null },
  { text: tex`We avoid the $O(n^2)$ matrix, which saves memory.`, result: null },
  {
    text: tex`Now $K^\top V$ is computed first: $O(d^2 n)$, and it has size $d\times d$. The multiplication with $\text{softmax}(Q/\sqrt d)$ is again $O(n d^2)$. So $O(nd^2)$ instead of $O(n^2d)$, which is better whenever $d<n$. But it isn't the same thing as attention.`,
    result: 'n d^2',
  },
  { text: tex`Complexity drops to $\mathcal{O}(nd^2)$.`, result: 'n d^2' },
  { text: tex`Bob gets rid of the quadratic term: $O(nd^2)$ rather than $O(n^2d)$.`, result: 'n d^2' },
  {
    text: tex`With his order the cost is linear in $n$, namely $O(n d^2)$; with the normal order it is $O(n^2 d)$.`,
    result: 'n d^2',
  },
  { text: tex`If $d \ll n$, $O(nd^2)$ is much smaller than $O(n^2 d)$, so yes it is cheaper.`, result: 'n d^2' },
  { text: tex`$O(nd^2)$ vs. $O(n^2d)$`, result: 'n d^2' },
  {
    text: tex`$\frac{n^2 d}{n d^2} = \frac{n}{d}$, so Bob's way is faster by a factor of $n/d$: his costs $O(n d^2)$.`,
    result: 'n d^2',
  },
  {
    text: tex`Cost: $K^TV$: $O(nd^2)$, softmax: $O(nd)$, product: $O(nd^2)$ $\Rightarrow$ total $O(nd^2)$. A good replacement? No: no token-to-token weights.`,
    result: 'n d^2',
  },
  { text: tex`It reduces the complexity from quadratic in $n$ to linear in $n$.`, result: null },
  { text: tex`The complexity is linear in the sequence length.`, result: null },
  { text: tex`The new complexity is $O(n)$ if $d$ is a constant, otherwise $O(n d^2)$.`, result: 'n d^2' },
  { text: tex`Both have the same cost $O(n^2 d)$.`, result: 'n^2 d' },
  {
    text: tex`KᵀV: (d×n)(n×d) → O(nd²). softmax(Q/√d): O(nd). Product: (n×d)(d×d) → O(nd²). Total O(nd²), linear in n. Standard attention: O(n²d).`,
    result: 'n d^2',
  },
  { text: tex`Compared to part a) with $O(n^2 d)$, here we have $O(n d^2)$.`, result: 'n d^2' },
  {
    text: tex`a) had $O(n^2 d)$. This one has $O(nd^2)$. When $n$ is 4000 and $d$ is 64 this is about 60 times less.`,
    result: 'n d^2',
  },
  { text: tex`The cost is $O(nd^2)$. Attention's $O(n^2 d)$ is larger when $n > d$.`, result: 'n d^2' },
  {
    text: tex`The $n \times n$ matrix is never built, therefore we save the $O(n^2 d)$ and pay $O(nd^2)$.`,
    result: 'n d^2',
  },
  { text: tex`$O(n d^2)$ which is less than $O(n^2 d)$ if $d<n$ and more if $d>n$.`, result: 'n d^2' },
  { text: tex`It's $O(d^3)$: $K^\top V$ is $d \times d$ and then we multiply $d\times d$.`, result: 'd^3' },
  { text: tex`$O(n d^2)$ for $K^\top V$ and $O(n d^2)$ for the rest.`, result: 'n d^2' },
  { text: tex`In terms of time it's $n \cdot d^2$ for both products.`, result: 'n d^2' },
  { text: tex`Time goes from $n^2 d$ to $n d^2$.`, result: 'n d^2' },
  { text: tex`No more n² in it. Only n·d².`, result: 'n d^2' },
  {
    text: tex`Because matrix multiplication is associative he can start with $K^\top V$: cost $O(nd^2)$. Multiplying the $n \times d$ matrix with this $d\times d$ matrix costs $O(nd^2)$ again. So it went down from $O(n^2d)$ to $O(nd^2)$.`,
    result: 'n d^2',
  },
  { text: tex`It costs $O(n d^2)$ which is linear in $n$! But the softmax no longer sees the keys.`, result: 'n d^2' },
  {
    text: tex`The cost: softmax on $Q$ is $O(nd)$, $K^\top V$ is $O(nd^2)$, final product is $O(nd^2)$. In sum $O(nd^2)$, whereas attention has $O(n^2d)$.`,
    result: 'n d^2',
  },
  { text: tex`Cheaper: $O(nd^2)$ compared with $O(n^2d)$.`, result: 'n d^2' },
  { text: tex`For $n \gg d$ Bob is faster ($O(nd^2)$ against $O(n^2 d)$).`, result: 'n d^2' },
  { text: tex`Bob: $O(nd^2)$. Attention: $O(n^2d)$.`, result: 'n d^2' },
  { text: tex`Attention: $O(n^2d)$. Bob: $O(nd^2)$.`, result: 'n d^2' },
  { text: tex`$\text{softmax}(Q/\sqrt{d})(K^\top V)$ is $O(nd^2)$.`, result: 'n d^2' },
  { text: tex`We trade an $n$ for a $d$: $O(n^2 d) \to O(n d^2)$.`, result: 'n d^2' },
  {
    text: tex`It would be $O(n\,d^2)$, so if $d$ is bigger than $n$ it's even worse than the original.`,
    result: 'n d^2',
  },
  { text: 'O(n*d^2) because (KT V) is d x n times n x d', result: 'n d^2' },
  { text: tex`Its cost is $2nd^2 + nd$ multiply-adds.`, result: 'n d^2' },
  { text: tex`The total cost is $\mathcal{O}(nd + nd^2 + nd^2)$`, result: 'n d^2' },
  { text: tex`Here nothing is quadratic in $n$. The cost is $\mathcal{O}(n)$ for constant $d$.`, result: 'n' },
  { text: tex`The $\mathcal{O}(n^2 d)$ bottleneck is gone and we are left with $\mathcal{O}(nd^2)$.`, result: 'n d^2' },
  { text: tex`This is faster. $n^2 d$ becomes $n d^2$.`, result: 'n d^2' },
  { text: tex`Complexity: $O(n \times d^2)$`, result: 'n d^2' },
  { text: tex`The complexity stays the same, $O(n^2d)$, since the same matrices are multiplied.`, result: 'n^2 d' },
  {
    text: tex`Cost: $\Theta(n d^2)$ — he has no $n \times n$ matrix any more, which also saves $\Theta(n^2)$ memory.`,
    result: 'n d^2',
  },
  { text: tex`KᵀV is nd², everything else smaller or equal, so O(nd²), vs O(n²d) in (a).`, result: 'n d^2' },
];

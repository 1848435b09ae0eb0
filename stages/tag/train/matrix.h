/* matrix: products of matrices of floats on one core, the same bits every time: sums are in an order that only the shapes decide.
 * (A BLAS picks its kernels by the machine it finds, and a model made again must be the same to the byte.)
 *
 * Blocks that fit the caches are copied into panels and a kernel of 6 × 16 sums in registers goes over them (Goto and van de Geijn 2008,
 * "Anatomy of high-performance matrix multiplication"). */
#ifndef COPYDESK_MATRIX_H
#define COPYDESK_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

/* A matrix as it lies, or with `turned` its transpose: item (i, j) is at values[i * stride + j], turned at values[j * stride + i]. */
struct matrix {
	const float *values;
	size_t stride;
	bool turned;
};

/* out[i * stride + j] += Σ a(i, l) · b(l, j), for i < rows, j < columns, l < depth. */
void matrix_add_product(float *out, size_t stride, struct matrix a, struct matrix b, size_t rows, size_t columns, size_t depth);

#endif

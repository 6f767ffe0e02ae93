"""How are eight numbers one of LLVM's vectors?

The type that they have for Numba's compiler, and what LLVM does with them: each function here
writes LLVM's instructions for one thing. `lanes` says what they mean, and when which is chosen.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core.errors import TypingError
from numba.extending import intrinsic, models, register_model

LANES = 8
SCRATCH = 4096  # elements of memory for use in a kernel


class Lanes(types.Type):  # type: ignore[misc]
    """Eight numbers of one type, for the compiler."""

    def __init__(self, element: Any) -> None:
        self.element = element
        super().__init__(name=f"Lanes({element})")


@register_model(Lanes)
class LanesModel(models.PrimitiveModel):  # type: ignore[misc]
    """In registers they are one of LLVM's vectors."""

    def __init__(self, manager: Any, lanes: Lanes) -> None:
        element = manager.lookup(lanes.element).get_value_type()
        super().__init__(manager, lanes, ir.VectorType(element, LANES))


int32 = ir.IntType(32)
MASK = ir.VectorType(ir.IntType(1), LANES)


def lanes_of(array: Any) -> Lanes:
    """The lanes that an array's elements make."""
    if not isinstance(array, types.Array) or array.layout != "C":
        raise TypingError(f"lanes are loaded from C-contiguous arrays, got {array}")
    return Lanes(array.dtype)


def in_every_lane(builder: Any, value: Any) -> Any:
    undefined = ir.Constant(ir.VectorType(value.type, LANES), ir.Undefined)
    first = builder.insert_element(undefined, value, int32(0))
    return builder.shuffle_vector(first, undefined, ir.VectorType(int32, LANES)([0] * LANES))


def first_lanes(builder: Any, count: Any) -> Any:
    """A mask of the first `count` lanes."""
    numbers = ir.VectorType(int32, LANES)(list(range(LANES)))
    return builder.icmp_signed("<", numbers, in_every_lane(builder, builder.trunc(count, int32)))


def element_pointer(context: Any, builder: Any, kind: Any, array: Any, offset: Any) -> Any:
    data = context.make_array(kind)(context, builder, array).data
    return builder.gep(data, [offset])


def intrinsic_of_llvm(builder: Any, name: str, vector: Any, result: Any, taken: Any) -> Any:
    """One of LLVM's functions on vectors, by its full name."""
    bits = 32 if isinstance(vector.element, ir.FloatType) else 64
    full_name = name.replace("*", f"v{LANES}f{bits}")
    return builder.module.declare_intrinsic(full_name, (), ir.FunctionType(result, taken))


@intrinsic  # type: ignore[untyped-decorator]
def load_all(typing_context: Any, array: Any, offset: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector = context.get_value_type(signature.return_type)
        pointer = element_pointer(context, builder, signature.args[0], *arguments)
        loaded = builder.load(builder.bitcast(pointer, vector.as_pointer()))
        loaded.align = signature.args[0].dtype.bitwidth // 8
        return loaded

    return lanes_of(array)(array, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def load_some(typing_context: Any, array: Any, offset: Any, count: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector = context.get_value_type(signature.return_type)
        pointer = element_pointer(context, builder, signature.args[0], *arguments[:2])
        pointer = builder.bitcast(pointer, vector.as_pointer())
        taken = [pointer.type, int32, MASK, vector]
        masked = intrinsic_of_llvm(builder, "llvm.masked.load.*.p0", vector, vector, taken)
        alignment = int32(signature.args[0].dtype.bitwidth // 8)
        mask = first_lanes(builder, arguments[2])
        return builder.call(masked, [pointer, alignment, mask, vector([0.0] * LANES)])

    return lanes_of(array)(array, types.int64, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def store_all(typing_context: Any, array: Any, offset: Any, lanes: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = element_pointer(context, builder, signature.args[0], *arguments[:2])
        pointer = builder.bitcast(pointer, arguments[2].type.as_pointer())
        builder.store(arguments[2], pointer).align = signature.args[0].dtype.bitwidth // 8
        return context.get_dummy_value()

    return types.void(array, types.int64, lanes_of(array)), generate


@intrinsic  # type: ignore[untyped-decorator]
def store_some(typing_context: Any, array: Any, offset: Any, count: Any, lanes: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector = arguments[3].type
        pointer = element_pointer(context, builder, signature.args[0], *arguments[:2])
        pointer = builder.bitcast(pointer, vector.as_pointer())
        taken = [vector, pointer.type, int32, MASK]
        name = "llvm.masked.store.*.p0"
        masked = intrinsic_of_llvm(builder, name, vector, ir.VoidType(), taken)
        alignment = int32(signature.args[0].dtype.bitwidth // 8)
        mask = first_lanes(builder, arguments[2])
        builder.call(masked, [arguments[3], pointer, alignment, mask])
        return context.get_dummy_value()

    return types.void(array, types.int64, types.int64, lanes_of(array)), generate


@intrinsic  # type: ignore[untyped-decorator]
def converted(typing_context: Any, array: Any, lanes: Any) -> Any:
    """Lanes in an array's dtype."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector = context.get_value_type(signature.return_type)
        if arguments[1].type == vector:
            return arguments[1]
        narrower = isinstance(vector.element, ir.FloatType)
        return (builder.fptrunc if narrower else builder.fpext)(arguments[1], vector)

    return lanes_of(array)(array, lanes), generate


@intrinsic  # type: ignore[untyped-decorator]
def spread(typing_context: Any, array: Any, offset: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointer = element_pointer(context, builder, signature.args[0], *arguments)
        return in_every_lane(builder, builder.load(pointer))

    return lanes_of(array)(array, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def filled(typing_context: Any, number: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return in_every_lane(builder, arguments[0])

    return Lanes(number)(number), generate


@intrinsic  # type: ignore[untyped-decorator]
def lane(typing_context: Any, lanes: Any, k: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.extract_element(*arguments)

    return lanes.element(lanes, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def larger(typing_context: Any, a: Any, b: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.select(builder.fcmp_ordered(">", *arguments), *arguments)

    return a(a, a), generate


@intrinsic  # type: ignore[untyped-decorator]
def equal(typing_context: Any, a: Any, b: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector = arguments[0].type
        ones, zeros = vector([1.0] * LANES), vector([0.0] * LANES)
        return builder.select(builder.fcmp_ordered("==", *arguments), ones, zeros)

    return a(a, a), generate


@intrinsic  # type: ignore[untyped-decorator]
def on_stack(typing_context: Any, like: Any) -> Any:
    """A pointer to memory on the stack."""
    dtype = like.dtype if isinstance(like, types.Array) else like

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        element = context.get_value_type(dtype)
        with builder.goto_entry_block():
            memory = builder.alloca(ir.ArrayType(element, SCRATCH))
            memory.align = 64  # a line of the cache: no vector lies across two
        return builder.bitcast(memory, element.as_pointer())

    return types.CPointer(dtype)(like), generate


@intrinsic  # type: ignore[untyped-decorator]
def widened(typing_context: Any, lanes: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector = context.get_value_type(signature.return_type)
        same = arguments[0].type == vector
        return arguments[0] if same else builder.fpext(arguments[0], vector)

    return Lanes(types.float64)(lanes), generate


@intrinsic  # type: ignore[untyped-decorator]
def add_product(typing_context: Any, total: Any, a: Any, b: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        total, a, b = arguments
        taken = [total.type] * 3
        fused = intrinsic_of_llvm(builder, "llvm.fmuladd.*", total.type, total.type, taken)
        return builder.call(fused, [a, b, total])

    return total(total, total, total), generate


def arithmetic(name: str) -> Any:
    """An operation of two lanes, by LLVM's name for it."""

    @intrinsic  # type: ignore[untyped-decorator]
    def arithmetic(typing_context: Any, a: Any, b: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return getattr(builder, name)(*arguments)

        return a(a, a), generate

    return arithmetic


add, subtract, multiply = map(arithmetic, ("fadd", "fsub", "fmul"))

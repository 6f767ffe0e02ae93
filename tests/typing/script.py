"""A user's training script, as `mypy --strict` reads it: what has which type?

`make package` checks it against the installed wheel, `test_script.py` runs it.
"""

from __future__ import annotations

from typing import Any, assert_type

import minigrad as torch
from minigrad import Tensor, nn, optim
from minigrad.autograd.function import FunctionCtx
from minigrad.nn import functional as F
from minigrad.optim.lr_scheduler import StepLR
from minigrad.utils.data import DataLoader, Dataset, TensorDataset, random_split

Row = tuple[Tensor, Tensor]


class Net(nn.Module):
    def __init__(self, hidden: int = 8) -> None:
        super().__init__()
        self.fc1 = nn.Linear(9, hidden)
        self.bn1 = nn.BatchNorm1d(hidden)
        self.fc2 = nn.Linear(hidden, 1)
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, x: Tensor) -> Tensor:
        x = F.elu(self.bn1(self.fc1(x)))
        return torch.sigmoid(self.fc2(x) * self.scale)


class Rows(Dataset[Row]):
    def __init__(self, x: Tensor, y: Tensor) -> None:
        self.x, self.y = x, y

    def __len__(self) -> int:
        return len(self.x)

    def __getitem__(self, index: int) -> Row:
        return self.x[index], self.y[index]


class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx: FunctionCtx, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx: FunctionCtx, gradient: Tensor) -> Tensor:
        (x,) = ctx.saved_tensors
        return gradient * 3 * x**2


def train(net: nn.Module, loader: DataLoader[Row], epochs: int) -> list[float]:
    criterion = nn.BCELoss()
    optimizer = optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    schedule = StepLR(optimizer, step_size=2)
    losses: list[float] = []
    for _ in range(epochs):
        total = 0.0
        for x, y in loader:
            optimizer.zero_grad()
            loss = criterion(net(x), y)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            total += loss.item()
        schedule.step()
        losses.append(total)
    return losses


torch.manual_seed(0)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
x, y = torch.rand(64, 9, device=device), (torch.rand(64, 1) > 0.5).float()
net = Net().to(device)
losses = train(net, DataLoader(Rows(x, y), batch_size=8, shuffle=True), 3)
part, rest = random_split(TensorDataset(x, y), [48, 16])
loader = DataLoader(part, batch_size=8)
for inputs, targets in loader:
    losses.append(F.mse_loss(net(inputs), targets).item())

a = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
handle = a.register_hook(lambda gradient: gradient * 2)
assert_type(Tensor([1, 2]), Tensor)
assert_type(torch.FloatTensor([1.0]), Tensor)
assert_type(nn.Parameter(a), nn.Parameter)
assert_type(nn.Buffer(a).persistent, bool)
assert_type(a + 1, Tensor)
assert_type(1 - a / 2, Tensor)
assert_type(2 * a**2 @ a, Tensor)
assert_type(a > 1, Tensor)
assert_type(a == a, Tensor)
assert_type(a[0], Tensor)
assert_type(a.max(), Tensor)
assert_type(x.max(1).indices, Tensor)
assert_type(x.topk(2).values, Tensor)
assert_type(x.split(2), tuple[Tensor, ...])
assert_type(x.shape, torch.Size)
assert_type(x.size(), torch.Size)
assert_type(x.size(0), int)
assert_type(x.stride(), tuple[int, ...])
assert_type(x.dtype, torch.dtype)
assert_type(x.device, torch.device)
assert_type(x.grad, Tensor | None)
assert_type(torch.where(x > 0, x, 0.0), Tensor)
assert_type(torch.autograd.grad(a.sum(), [a]), tuple[Tensor, ...])
handle.remove()
Cube.apply(a).sum().backward()

assert_type(net, Net)
assert_type(net.eval(), Net)
assert_type(net.fc1.weight, nn.Parameter)
assert_type(net.state_dict(), dict[str, Any])
for name, parameter in net.named_parameters():
    assert_type((name, parameter), tuple[str, nn.Parameter])
with torch.no_grad():
    accuracy: float = ((net(x) > 0.5) == (y > 0.5)).float().mean().item()


@torch.compile(verify=1)
def step(batch: Tensor) -> Tensor:
    return F.elu(batch).sum()


assert_type(step(x), Tensor)
print(step.program)

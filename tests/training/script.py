"""The slides' network trained for ten epochs: a script for PyTorch, run with either library.

`python script.py sgd` prints JSON: what the network started from, the first batch, every loss.
"""

import json
import sys

import torch
from torch import nn, optim
from torch.nn import init
from torch.utils.data import DataLoader, TensorDataset


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(9, 16)
        self.bn1 = nn.BatchNorm1d(16)
        self.fc2 = nn.Linear(16, 8)
        self.bn2 = nn.BatchNorm1d(8)
        self.fc3 = nn.Linear(8, 1)
        init.kaiming_uniform_(self.fc1.weight)
        init.kaiming_uniform_(self.fc2.weight)
        init.kaiming_uniform_(self.fc3.weight, nonlinearity="sigmoid")

    def forward(self, x):
        x = nn.functional.elu(self.bn1(self.fc1(x)))
        x = nn.functional.elu(self.bn2(self.fc2(x)))
        return nn.functional.sigmoid(self.fc3(x))


def bits(tensors):
    return [tensor.detach().numpy().tobytes().hex() for tensor in tensors]


def train(optimizer_name):
    torch.manual_seed(42)
    x = torch.rand(500, 9)
    y = ((x[:, 0:1] - x[:, 1:2] * x[:, 2:3] + 0.3 * torch.rand(500, 1)) > 0.3).float()
    net = Net()
    initial = bits(net.parameters())
    loader = DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True)
    criterion = nn.BCELoss()
    if optimizer_name == "sgd":
        optimizer = optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
    else:
        optimizer = optim.Adam(net.parameters(), lr=0.005)

    def step(features, labels):
        optimizer.zero_grad()
        loss = criterion(net(features), labels)
        loss.backward()
        optimizer.step()
        return loss

    if "--compiled" in sys.argv:
        step = torch.compile(step)

    first_batch, losses = None, []
    for _ in range(10):
        for features, labels in loader:
            first_batch = first_batch or bits([features, labels])
            losses.append(step(features, labels).item())

    net.eval()
    with torch.no_grad():
        right = ((net(x) > 0.5).float() == y).float().mean().item()
    return {"initial": initial, "first_batch": first_batch, "losses": losses, "right": right}


print(json.dumps(train(sys.argv[1])))

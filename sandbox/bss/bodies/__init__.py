"""What the specifications say a body is: read by msgspec, which says what does not fit."""

from sandbox.bss.bodies.balance import TopupBalanceCreate, TransferBalanceCreate
from sandbox.bss.bodies.ordering import ProductOrderCreate
from sandbox.bss.bodies.ticket import TroubleTicketCreate

__all__ = [
    "ProductOrderCreate",
    "TopupBalanceCreate",
    "TransferBalanceCreate",
    "TroubleTicketCreate",
]

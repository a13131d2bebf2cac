"""A checkout as a careful Django programmer writes it, on the shop's own tables.

The cart's row is locked first, then the products' rows in the order of their ids; the buyer's earlier holds are given back, the
units are looked at, counted and held, and everything commits together. The token is the buyer's number: no signature is checked
and no limit is counted, so this is the most that such a view can do.
"""
import os
from datetime import timedelta

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.configure(
    SECRET_KEY=os.urandom(16).hex(),
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    LOGGING_CONFIG=None,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": os.environ["VISTA_HOST"],
            "PORT": os.environ["VISTA_PORT"],
            "NAME": os.environ["VISTA_DB"],
            "USER": os.environ["VISTA_USER"],
            "PASSWORD": os.environ["VISTA_PASSWORD"],
            "CONN_MAX_AGE": None,
        }
    },
)
django.setup()

from django.db import models, transaction  # noqa: E402
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402


class Cart(models.Model):
    user_id = models.IntegerField()

    class Meta:
        app_label, db_table, managed = "tienda", "carts", False


class CartItem(models.Model):
    cart_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    quantity = models.IntegerField()
    price_at_addition = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        app_label, db_table, managed = "tienda", "cart_items", False


class Producto(models.Model):
    nombre = models.CharField(max_length=200)
    activo = models.BooleanField()
    stock_total = models.IntegerField()
    stock_reservado = models.IntegerField()
    stock_vendido = models.IntegerField()

    class Meta:
        app_label, db_table, managed = "tienda", "productos", False


class Reservation(models.Model):
    usuario_id = models.IntegerField()
    producto_id = models.BigIntegerField()
    cantidad = models.IntegerField()
    status = models.CharField(max_length=20)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    ip_address = models.GenericIPAddressField(null=True)
    user_agent = models.TextField()
    precio_unitario = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        app_label, db_table, managed = "tienda", "stock_reservations", False


class SoldOut(Exception):
    pass


def reserve(user, address, agent):
    with transaction.atomic():
        cart = Cart.objects.select_for_update().get(user_id=user)
        lines = list(CartItem.objects.filter(cart_id=cart.id).order_by("product_id"))
        before = list(Reservation.objects.filter(usuario_id=user, status="pending"))
        ids = {line.product_id for line in lines} | {hold.producto_id for hold in before}
        locked = Producto.objects.select_for_update().filter(id__in=ids).order_by("id")
        products = {product.id: product for product in locked}
        now = timezone.now()
        for hold in before:
            products[hold.producto_id].stock_reservado -= hold.cantidad
            hold.status, hold.cancelled_at = "cancelled", now
            hold.save(update_fields=["status", "cancelled_at"])
        holds = []
        for line in lines:
            product = products[line.product_id]
            free = product.stock_total - product.stock_reservado - product.stock_vendido
            if not product.activo or free < line.quantity:
                raise SoldOut
            product.stock_reservado += line.quantity
            holds.append(
                Reservation(
                    usuario_id=user,
                    producto_id=product.id,
                    cantidad=line.quantity,
                    status="pending",
                    created_at=now,
                    expires_at=now + timedelta(minutes=15),
                    ip_address=address,
                    user_agent=agent,
                    precio_unitario=line.price_at_addition,
                )
            )
        for product in products.values():
            product.save(update_fields=["stock_reservado"])
        Reservation.objects.bulk_create(holds)
        return [
            {
                "id": hold.id,
                "producto": products[hold.producto_id].nombre,
                "cantidad": hold.cantidad,
                "expires_at": hold.expires_at.isoformat(),
            }
            for hold in holds
        ]


def checkout(request):
    user = int(request.headers["Authorization"].rsplit(" ", 1)[1])
    try:
        holds = reserve(user, request.META["REMOTE_ADDR"], request.headers.get("User-Agent", ""))
        answer = JsonResponse({"message": "Stock reservado exitosamente", "reservas": holds})
    except SoldOut:
        answer = JsonResponse({"error": "Stock insuficiente"}, status=409)
    answer["X-Request-Id"] = request.headers.get("X-Request-Id", "")
    return answer


urlpatterns = [
    path("api/carrito/checkout/", checkout),
    path("api/quien-soy/", lambda request: HttpResponse(headers={"X-Request-Id": "idle"})),
]
application = get_wsgi_application()

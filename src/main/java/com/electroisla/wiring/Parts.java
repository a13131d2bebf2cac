package com.electroisla.wiring;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.ManageAccounts;
import com.electroisla.admin.ChangeLog;
import com.electroisla.admin.Dashboard;
import com.electroisla.admin.ExportConnections;
import com.electroisla.admin.Home;
import com.electroisla.admin.Kardex;
import com.electroisla.admin.MailList;
import com.electroisla.admin.MoneyFigures;
import com.electroisla.admin.MoneyReport;
import com.electroisla.admin.OrderList;
import com.electroisla.admin.PaymentList;
import com.electroisla.admin.People;
import com.electroisla.admin.ProductList;
import com.electroisla.admin.ProductSheet;
import com.electroisla.admin.RefundList;
import com.electroisla.admin.ReservationList;
import com.electroisla.admin.StaffOrders;
import com.electroisla.admin.StaffPeople;
import com.electroisla.admin.StaffProducts;
import com.electroisla.admin.Statistics;
import com.electroisla.cart.CartTransaction;
import com.electroisla.cart.Carts;
import com.electroisla.catalog.EditProducts;
import com.electroisla.catalog.Products;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.IdWatch;
import com.electroisla.favorites.Favorites;
import com.electroisla.inventory.AdjustStock;
import com.electroisla.live.StockNews;
import com.electroisla.mail.Mailbox;
import com.electroisla.order.LapseOrders;
import com.electroisla.order.MoveOrders;
import com.electroisla.order.Orders;
import com.electroisla.order.ReturnLines;
import com.electroisla.payment.Refunds;
import com.electroisla.payment.provider.OfferedMethods;
import com.electroisla.payment.provider.PaymentProviders;
import com.electroisla.picture.ProductPictures;
import com.electroisla.purchase.AskProviders;
import com.electroisla.purchase.ProviderEvents;
import com.electroisla.purchase.Purchases;
import com.electroisla.reconciliation.Differences;
import com.electroisla.reconciliation.Reconcile;
import com.electroisla.reservation.ExpireReservations;
import com.electroisla.reservation.ReleaseHolds;
import com.electroisla.reservation.ReservationEngine;
import com.electroisla.reservation.history.ReservationHistory;
import com.electroisla.settings.Settings;
import com.electroisla.shopfront.CancelOrder;
import com.electroisla.shopfront.DeleteAccount;
import com.electroisla.shopfront.GuestBuyers;
import com.electroisla.shopfront.LiveShelf;
import com.electroisla.shopfront.OrderNews;
import com.electroisla.shopfront.OwnData;
import com.electroisla.shopfront.PayOrder;
import com.electroisla.transfer.DumpCatalogue;
import com.electroisla.transfer.LoadCatalogue;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * The parts of the running shop for the edge: each resource names in its constructor the parts that it uses. All of
 * them are dependent, so a {@code @RequestScoped} resource gets the parts of the shop that is running when its request
 * arrives, and each test class can have its own. A bean that outlives a request asks an {@code Instance} each time;
 * such a part is not kept by its bean as long as its producer has no {@code @Disposes}.
 */
@Singleton
final class Parts {
    private static Shop shop() {
        return RunningServer.shop();
    }

    @Produces
    @Dependent
    Settings settings() {
        return shop().settings();
    }

    @Produces
    @Dependent
    Database database() {
        return shop().database();
    }

    @Produces
    @Dependent
    DatabaseClock clock() {
        return shop().clock();
    }

    @Produces
    @Dependent
    IdWatch ids() {
        return shop().ids();
    }

    @Produces
    @Dependent
    Accounts accounts() {
        return shop().accounts();
    }

    @Produces
    @Dependent
    ManageAccounts manageAccounts() {
        return shop().manageAccounts();
    }

    @Produces
    @Dependent
    Products products() {
        return shop().products();
    }

    @Produces
    @Dependent
    EditProducts editProducts() {
        return shop().editProducts();
    }

    @Produces
    @Dependent
    ProductPictures productPictures() {
        return shop().productPictures();
    }

    @Produces
    @Dependent
    Carts carts() {
        return shop().carts();
    }

    @Produces
    @Dependent
    CartTransaction cartTransaction() {
        return shop().cartTransaction();
    }

    @Produces
    @Dependent
    ReservationEngine reservations() {
        return shop().reservations();
    }

    @Produces
    @Dependent
    ReservationHistory reservationHistory() {
        return shop().reservationHistory();
    }

    @Produces
    @Dependent
    ExpireReservations expireReservations() {
        return shop().expireReservations();
    }

    @Produces
    @Dependent
    ReleaseHolds releaseHolds() {
        return shop().releaseHolds();
    }

    @Produces
    @Dependent
    AdjustStock adjustStock() {
        return shop().adjustStock();
    }

    @Produces
    @Dependent
    Differences differences() {
        return shop().differences();
    }

    @Produces
    @Dependent
    Reconcile reconcile() {
        return shop().reconcile();
    }

    @Produces
    @Dependent
    Favorites favorites() {
        return shop().favorites();
    }

    @Produces
    @Dependent
    Orders orders() {
        return shop().orders();
    }

    @Produces
    @Dependent
    MoveOrders moveOrders() {
        return shop().moveOrders();
    }

    @Produces
    @Dependent
    Mailbox mailbox() {
        return shop().mailbox();
    }

    @Produces
    @Dependent
    StockNews stockNews() {
        return shop().stockNews();
    }

    @Produces
    @Dependent
    LiveShelf liveShelf() {
        return shop().liveShelf();
    }

    @Produces
    @Dependent
    CancelOrder cancelOrder() {
        return shop().cancelOrder();
    }

    @Produces
    @Dependent
    DeleteAccount deleteAccount() {
        return shop().deleteAccount();
    }

    @Produces
    @Dependent
    OwnData ownData() {
        return new OwnData(shop().database());
    }

    @Produces
    @Dependent
    GuestBuyers guestBuyers() {
        return shop().guestBuyers();
    }

    @Produces
    @Dependent
    PaymentProviders paymentProviders() {
        return shop().paymentProviders();
    }

    @Produces
    @Dependent
    OfferedMethods offeredMethods() {
        return shop().offeredMethods();
    }

    @Produces
    @Dependent
    Purchases purchases() {
        return shop().purchases();
    }

    @Produces
    @Dependent
    ProviderEvents providerEvents() {
        return shop().providerEvents();
    }

    @Produces
    @Dependent
    AskProviders askProviders() {
        return shop().askProviders();
    }

    @Produces
    @Dependent
    PayOrder payOrder() {
        return shop().payOrder();
    }

    @Produces
    @Dependent
    LoadCatalogue loadCatalogue() {
        return shop().loadCatalogue();
    }

    @Produces
    @Dependent
    DumpCatalogue dumpCatalogue() {
        return shop().dumpCatalogue();
    }

    @Produces
    @Dependent
    ExportConnections exportConnections() {
        return shop().exportConnections();
    }

    @Produces
    @Dependent
    Home home() {
        return new Home(shop().database(), shop().clock(), shop().settings().zone());
    }

    @Produces
    @Dependent
    Kardex kardex() {
        return new Kardex(shop().database(), shop().clock(), shop().settings().zone());
    }

    @Produces
    @Dependent
    ProductList productList() {
        return new ProductList(shop().database());
    }

    @Produces
    @Dependent
    ProductSheet productSheet() {
        return new ProductSheet(shop().database());
    }

    @Produces
    @Dependent
    OrderList orderList() {
        return new OrderList(shop().database(), shop().returnLines());
    }

    @Produces
    @Dependent
    OrderNews orderNews() {
        return new OrderNews(shop().database(), shop().settings().zone());
    }

    @Produces
    @Dependent
    RefundList refundList() {
        return new RefundList(shop().database(), shop().refunds());
    }

    @Produces
    @Dependent
    Refunds refunds() {
        return shop().refunds();
    }

    @Produces
    @Dependent
    ReturnLines returnLines() {
        return shop().returnLines();
    }

    @Produces
    @Dependent
    LapseOrders lapseOrders() {
        return shop().lapseOrders();
    }

    @Produces
    @Dependent
    MoneyFigures moneyFigures() {
        return shop().moneyFigures();
    }

    @Produces
    @Dependent
    MoneyReport moneyReport() {
        return shop().moneyReport();
    }

    @Produces
    @Dependent
    PaymentList paymentList() {
        return new PaymentList(shop().database(), shop().clock());
    }

    @Produces
    @Dependent
    MailList mailList() {
        return new MailList(shop().mailbox());
    }

    @Produces
    @Dependent
    ReservationList reservationList() {
        return new ReservationList(shop().database(), shop().clock());
    }

    @Produces
    @Dependent
    People people() {
        return new People(shop().database());
    }

    @Produces
    @Dependent
    StaffProducts staffProducts() {
        return shop().staffProducts();
    }

    @Produces
    @Dependent
    StaffOrders staffOrders() {
        return shop().staffOrders();
    }

    @Produces
    @Dependent
    StaffPeople staffPeople() {
        return new StaffPeople(shop().database());
    }

    @Produces
    @Dependent
    ChangeLog changeLog() {
        return new ChangeLog(shop().database());
    }

    @Produces
    @Dependent
    Dashboard dashboard() {
        return shop().dashboard();
    }

    @Produces
    @Dependent
    Statistics statistics() {
        return shop().statistics();
    }
}

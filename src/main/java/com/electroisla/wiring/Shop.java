package com.electroisla.wiring;

import com.electroisla.accounts.Accounts;
import com.electroisla.accounts.ManageAccounts;
import com.electroisla.admin.Dashboard;
import com.electroisla.admin.ExportConnections;
import com.electroisla.admin.MoneyFigures;
import com.electroisla.admin.MoneyReport;
import com.electroisla.admin.StaffOrders;
import com.electroisla.admin.StaffProducts;
import com.electroisla.admin.Statistics;
import com.electroisla.cart.CartTransaction;
import com.electroisla.cart.Carts;
import com.electroisla.catalog.EditProducts;
import com.electroisla.catalog.Products;
import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.database.IdWatch;
import com.electroisla.demo.DemoShop;
import com.electroisla.event.DistributeEvents;
import com.electroisla.event.Listener;
import com.electroisla.favorites.Favorites;
import com.electroisla.groupcommit.GroupCommitSettings;
import com.electroisla.inventory.AdjustStock;
import com.electroisla.inventory.InitialiseStock;
import com.electroisla.inventory.Inventory;
import com.electroisla.inventory.RepairInventory;
import com.electroisla.inventory.WishStock;
import com.electroisla.limits.Limits;
import com.electroisla.live.PostgresStockNews;
import com.electroisla.live.StockNews;
import com.electroisla.mail.Mailbox;
import com.electroisla.mail.SendLetters;
import com.electroisla.order.LapseOrders;
import com.electroisla.order.MoveOrders;
import com.electroisla.order.OrderReturns;
import com.electroisla.order.Orders;
import com.electroisla.order.ReturnLines;
import com.electroisla.payment.LapsePayments;
import com.electroisla.payment.OrderRefunds;
import com.electroisla.payment.Refunds;
import com.electroisla.payment.StrayCharges;
import com.electroisla.payment.provider.OfferedMethods;
import com.electroisla.payment.provider.PaymentProviders;
import com.electroisla.payment.provider.RefundsThroughProviders;
import com.electroisla.picture.PictureFiles;
import com.electroisla.picture.ProductPictures;
import com.electroisla.purchase.AskProviders;
import com.electroisla.purchase.ProviderEvents;
import com.electroisla.purchase.Purchases;
import com.electroisla.reconciliation.Differences;
import com.electroisla.reconciliation.Reconcile;
import com.electroisla.reservation.EngineConnections;
import com.electroisla.reservation.ExpireReservations;
import com.electroisla.reservation.ReleaseHolds;
import com.electroisla.reservation.ReservationEngine;
import com.electroisla.reservation.ReservationSettings;
import com.electroisla.reservation.history.ReservationHistory;
import com.electroisla.settings.Settings;
import com.electroisla.shopfront.CancelOrder;
import com.electroisla.shopfront.DeleteAccount;
import com.electroisla.shopfront.GuestBuyers;
import com.electroisla.shopfront.LiveShelf;
import com.electroisla.shopfront.PayOrder;
import com.electroisla.transfer.DumpCatalogue;
import com.electroisla.transfer.LoadCatalogue;
import com.github.benmanes.caffeine.cache.Ticker;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: every part of the shop, wired by hand once, for the server, the commands and the tests alike.
 * Two of these on one database are two instances. Parts with a thread of their own start when they are first asked
 * for, so a command pays for none of them.
 */
public final class Shop implements AutoCloseable {
    /**
     * The connections of the engine, and as many for the carts: one for each committer, one to ask for markers, and
     * one to watch locked rows.
     */
    private static final int BATCH_CONNECTIONS = 4;

    /** How often the providers are asked about payments whose turn it is. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(10);

    private final Settings settings;
    private final Database database;
    private final DatabaseClock clock;
    private final StockNews stockNews;
    private final Correspondence correspondence;
    private final Accounts accounts;
    private final CartTransaction cartTransaction;
    private final Limits addLimit;
    private final OrderRefunds orderRefunds;
    private final Orders orders;
    private final LapseOrders lapseOrders;
    private final ReservationHistory reservationHistory;
    private final ExpireReservations expireReservations;
    private final Inventory inventory;
    private final Reconcile reconcile;
    private final IdWatch ids;
    private final Products products;
    private final Dashboard dashboard;
    private final MoneyFigures moneyFigures;
    private final Favorites favorites;
    private final GuestBuyers guestBuyers;
    private final PaymentProviders paymentProviders;

    @GuardedBy("this")
    private @Nullable Database reservationBatches;

    @GuardedBy("this")
    private @Nullable Database cartBatches;

    @GuardedBy("this")
    private @Nullable ExportConnections exportConnections;

    /** Set under the lock; read without it too, by callers that must not wait for a part that is being opened. */
    private volatile @Nullable ReservationEngine engine;

    @GuardedBy("this")
    private @Nullable EngineConnections engineConnections;

    /** Written under the lock; read by the event loop, which must not wait for one. */
    private volatile @Nullable Carts openCarts;

    @GuardedBy("this")
    private @Nullable Housekeeping housekeeping;

    @GuardedBy("this")
    private @Nullable LiveShelf liveShelf;

    private Shop(
            Settings settings, Database database, DatabaseClock clock, Accounts accounts, List<Listener> listeners) {
        this.settings = settings;
        this.database = database;
        this.clock = clock;
        this.stockNews = new PostgresStockNews(database);
        this.correspondence = new Correspondence(settings, database, clock, listeners);
        this.accounts = accounts;
        this.cartTransaction = new CartTransaction(database, clock);
        this.addLimit = new Limits("agregar", settings.addLimit());
        this.paymentProviders = PaymentProviders.of(settings.payments(), () -> accounts.secretFor("eventos de prueba"));
        this.orderRefunds = new OrderRefunds(correspondence.outbox());
        this.orders = new Orders(database, correspondence.outbox(), orderRefunds);
        this.lapseOrders = new LapseOrders(database, clock, orders, correspondence.outbox(), stockNews::announceNow);
        this.reservationHistory = new ReservationHistory(database, clock);
        this.expireReservations =
                new ExpireReservations(database, clock, correspondence.outbox(), stockNews::announceNow);
        this.inventory = new Inventory(database, clock);
        this.reconcile = new Reconcile(database, clock, correspondence.outbox(), stockNews::announceNow);
        this.ids = new IdWatch(database);
        this.products = new Products(database, settings.pageSize());
        this.dashboard = new Dashboard(database, clock, Ticker.systemTicker());
        this.moneyFigures = new MoneyFigures(database, clock, refunds(), Ticker.systemTicker());
        this.favorites = new Favorites(database);
        this.guestBuyers = new GuestBuyers(database, clock, accounts.guests());
        accounts.whenConfirmed(guestBuyers::takeOverAll);
    }

    /** Wires the shop on an open database; closing the shop does not close the database. */
    public static Shop open(Settings settings, Database database, DatabaseClock clock) {
        return open(settings, database, clock, Accounts.open(settings, database, clock), List.of());
    }

    /**
     * The same with other accounts, as tests have them, and further listeners.
     *
     * @param accounts are closed with the shop
     */
    public static Shop open(
            Settings settings, Database database, DatabaseClock clock, Accounts accounts, List<Listener> listeners) {
        return new Shop(settings, database, clock, accounts, listeners);
    }

    public Settings settings() {
        return settings;
    }

    public Database database() {
        return database;
    }

    public DatabaseClock clock() {
        return clock;
    }

    public Accounts accounts() {
        return accounts;
    }

    public ManageAccounts manageAccounts() {
        return accounts.manage();
    }

    /** The carts; their committer starts with the first call. */
    public Carts carts() {
        Carts open = openCarts;
        return open != null ? open : openCarts();
    }

    private synchronized Carts openCarts() {
        Carts open = openCarts;
        if (open == null) {
            cartBatches = batches(Database.Purpose.BATCHES);
            open = new Carts(
                    database,
                    cartBatches,
                    clock,
                    addLimit,
                    settings.payments().unitCap(),
                    GroupCommitSettings.of(settings));
            openCarts = open;
        }
        return open;
    }

    public CartTransaction cartTransaction() {
        return cartTransaction;
    }

    public Orders orders() {
        return orders;
    }

    /** Cancels the orders whose money does not come. */
    public LapseOrders lapseOrders() {
        return lapseOrders;
    }

    /** Takes lines of an order back. */
    public ReturnLines returnLines() {
        return new ReturnLines(database, clock, adjustStock(), orderRefunds);
    }

    /** Gives back money that is owed. */
    public Refunds refunds() {
        return new Refunds(database, clock, new RefundsThroughProviders(paymentProviders), correspondence.outbox());
    }

    /** The figures of money for the metrics. */
    public MoneyFigures moneyFigures() {
        return moneyFigures;
    }

    /** The holds and orders of a period that became money, and those that did not. */
    public MoneyReport moneyReport() {
        return new MoneyReport(exportConnections(), clock, settings.zone());
    }

    public ReservationHistory reservationHistory() {
        return reservationHistory;
    }

    public ExpireReservations expireReservations() {
        return expireReservations;
    }

    /** Payments whose time is over. */
    public LapsePayments lapsePayments() {
        return new LapsePayments(database, clock);
    }

    /** Charges without an account or a payment. */
    public StrayCharges strayCharges() {
        return new StrayCharges(database, clock, correspondence.outbox());
    }

    public Inventory inventory() {
        return inventory;
    }

    public RepairInventory repairInventory() {
        return new RepairInventory(database, clock, correspondence.outbox(), Differences::settled);
    }

    /** The comparison of figures, orders and money that the background work goes on with. */
    public Reconcile reconcile() {
        return reconcile;
    }

    /** The differences that were found, and what people do about them. */
    public Differences differences() {
        return new Differences(database, clock, repairInventory());
    }

    public InitialiseStock initialiseStock() {
        return new InitialiseStock(database, clock, correspondence.outbox());
    }

    public AdjustStock adjustStock() {
        return new AdjustStock(database, clock, releaseHolds(), new OrderReturns(), correspondence.outbox());
    }

    public ReleaseHolds releaseHolds() {
        return new ReleaseHolds(database, clock, correspondence.outbox());
    }

    public MoveOrders moveOrders() {
        return new MoveOrders(database, clock, orders);
    }

    public EditProducts editProducts() {
        return new EditProducts(database, clock);
    }

    /** The staff's products with picture and units in one form. */
    public StaffProducts staffProducts() {
        return new StaffProducts(
                database, clock, cartTransaction, editProducts(), new WishStock(adjustStock()), productPictures());
    }

    public ProductPictures productPictures() {
        return new ProductPictures(database, clock, editProducts(), new PictureFiles(settings.media()));
    }

    public StaffOrders staffOrders() {
        return new StaffOrders(database, orders, moveOrders());
    }

    /** The counts that open dashboards share. */
    public Dashboard dashboard() {
        return dashboard;
    }

    public Statistics statistics() {
        return new Statistics(exportConnections(), clock, settings.zone());
    }

    /**
     * The engine; its committer starts with the first call, which asks the database. A later call waits for nothing,
     * not even for another part that is being opened.
     */
    public ReservationEngine reservations() {
        ReservationEngine open = engine;
        return open != null ? open : openReservations();
    }

    private synchronized ReservationEngine openReservations() {
        ReservationEngine open = engine;
        if (open == null) {
            reservationBatches = batches(Database.Purpose.BATCHES);
            engineConnections = new EngineConnections(database, reservationBatches, settings.silentTriggers());
            engineConnections.ask();
            open = new ReservationEngine(
                    reservationBatches,
                    clock,
                    ReservationSettings.of(settings),
                    correspondence.outbox(),
                    stockNews::announce);
            engine = open;
        }
        return open;
    }

    /** The committers' own connections, so that no slow page keeps them waiting. */
    private Database batches(Database.Purpose purpose) {
        return database.sibling(BATCH_CONNECTIONS, purpose);
    }

    public synchronized ExportConnections exportConnections() {
        if (exportConnections == null) {
            exportConnections = ExportConnections.beside(database);
        }
        return exportConnections;
    }

    /** Starts the server's background work: the sweep, unless cron does it, and the deletion of old records. */
    public synchronized void startBackgroundWork() {
        if (housekeeping == null) {
            housekeeping =
                    new Housekeeping(database, clock, expireReservations, lapseOrders, ids, settings.retention());
            settings.sweep().ifPresent(housekeeping::sweepEvery);
            settings.sweep().ifPresent(this::lapseEvery);
            housekeeping.renewEveryMinute(accounts::renewKeys);
            housekeeping.reconcileEveryMinute(reconcile::run);
            housekeeping.deleteOldRecordsEveryMinute();
            housekeeping.lookAtIdsEveryHour();
            housekeeping.repeat(Duration.ofHours(1), "the deletion of pictures that nobody needs", () -> {
                productPictures().forgetHalves();
                productPictures().sweep();
            });
            correspondence.startOn(housekeeping);
            housekeeping.repeat(BETWEEN_QUESTIONS, "the questions to payment providers", askProviders()::run);
            // Opened now, because it asks the database for its rights; the first buyer may find the database out of
            // reach.
            reservations();
            Objects.requireNonNull(engineConnections).keepAsking();
        }
    }

    @GuardedBy("this")
    private void lapseEvery(Duration every) {
        LapsePayments lapse = lapsePayments();
        Objects.requireNonNull(housekeeping).repeat(every, "the lapse of payments", lapse::run);
    }

    /** The used part of the tables' ids, which the background work checks. */
    public IdWatch ids() {
        return ids;
    }

    public Products products() {
        return products;
    }

    /** Events on their way to their listeners. */
    public DistributeEvents distributeEvents() {
        return correspondence.distributeEvents();
    }

    /** The sender of letters; empty when no mail server is set. */
    public Optional<SendLetters> sendLetters() {
        return correspondence.sendLetters();
    }

    public Mailbox mailbox() {
        return correspondence.mailbox();
    }

    public Favorites favorites() {
        return favorites;
    }

    /** Announces a change of stock after its commit; the engine and the sweep do so by themselves. */
    public StockNews stockNews() {
        return stockNews;
    }

    /** The open pages that show stock; listening begins with the first. */
    public synchronized LiveShelf liveShelf() {
        if (liveShelf == null) {
            liveShelf = new LiveShelf(products, reservationHistory, stockNews);
        }
        return liveShelf;
    }

    /** The ways to pay that this shop has. */
    public OfferedMethods offeredMethods() {
        return new OfferedMethods(paymentProviders());
    }

    public Purchases purchases() {
        return new Purchases(
                database,
                clock,
                reservations(),
                paymentProviders(),
                settings.payments().cardWindow());
    }

    /** The ear for the providers. */
    public ProviderEvents providerEvents() {
        return new ProviderEvents(database, clock, reservations(), paymentProviders(), strayCharges());
    }

    /** The questions to the providers. */
    public AskProviders askProviders() {
        return new AskProviders(
                database,
                clock,
                purchases(),
                providerEvents(),
                paymentProviders(),
                settings.publicUrls().stream().findFirst());
    }

    /** The providers of payments that the operator named. */
    public PaymentProviders paymentProviders() {
        return paymentProviders;
    }

    public CancelOrder cancelOrder() {
        return new CancelOrder(cartTransaction, orders, stockNews);
    }

    public PayOrder payOrder() {
        return new PayOrder(reservations(), purchases(), offeredMethods(), cancelOrder());
    }

    public DeleteAccount deleteAccount() {
        return new DeleteAccount(accounts, reservations(), cartTransaction);
    }

    /** Buying without an account. */
    public GuestBuyers guestBuyers() {
        return guestBuyers;
    }

    public DemoShop demoShop() {
        return new DemoShop(database, clock, settings.timeToLive());
    }

    public LoadCatalogue loadCatalogue() {
        return new LoadCatalogue(database, clock, correspondence.outbox());
    }

    public DumpCatalogue dumpCatalogue() {
        return new DumpCatalogue(database);
    }

    /** Ends the background work and finishes the requests that were accepted. */
    @Override
    public synchronized void close() {
        if (liveShelf != null) {
            liveShelf.close();
        }
        stockNews.close();
        correspondence.stop();
        if (housekeeping != null) {
            housekeeping.close();
        }
        correspondence.close();
        Carts buyersCarts = openCarts;
        if (buyersCarts != null) {
            buyersCarts.close();
        }
        if (engineConnections != null) {
            engineConnections.close();
        }
        ReservationEngine open = engine;
        if (open != null) {
            open.close();
        }
        if (exportConnections != null) {
            exportConnections.close();
        }
        if (cartBatches != null) {
            cartBatches.close();
        }
        if (reservationBatches != null) {
            reservationBatches.close();
        }
        paymentProviders.close();
        accounts.close();
    }
}

package com.electroisla.accounts;

import com.electroisla.database.Database;
import com.electroisla.database.DatabaseClock;
import com.electroisla.limits.Limits;
import com.electroisla.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The feature's entry point, wired by hand. Making it reads no file, asks no database and starts no thread: a server
 * makes its keys ready when it starts ({@link #renewKeys}), any other program with the first token, and revocations
 * are listened for from the first verification on.
 */
public final class Accounts implements AutoCloseable {
    private static final Duration LONGEST_WAIT_FOR_A_TURN = Duration.ofSeconds(30);
    private static final Duration KEEP_CODES = Duration.ofDays(2);
    private static final Duration KEEP_LINKS = Duration.ofDays(60);
    private static final Duration KEEP_TYPED = Duration.ofDays(30);
    private static final int MOST_CODES_AT_ONCE = 1_000;

    private final PasswordThreads passwordThreads = new PasswordThreads();
    private final PresentAccounts present;
    private final Revocations revocations;
    private final Sessions sessions;
    private final WebSessions webSessions;
    private final RegisterAccount registerAccount;
    private final SignUpByMail signUpByMail;
    private final ConfirmSignUp confirmSignUp;
    private final RecoverPassword recoverPassword;
    private final LogIn logIn;
    private final TokenVerifier verifier;
    private final ManageAccounts manage;
    private final OwnPassword ownPassword;
    private final OwnSessions ownSessions;
    private final SecondFactors secondFactors;
    private final OwnEmail ownEmail;
    private final EraseAccount eraseAccount;
    private final Addresses addresses;
    private final InviteStaff inviteStaff;
    private final ResetByLink resetByLink;
    private final SignedWords signedWords;
    private final Guests guests;
    private volatile ConfirmedAddress confirmed = (_, _, _) -> {};
    private final SigningKeys keys;
    private final ShopSecret secret;
    private final Database database;

    private Accounts(Settings settings, Database database, DatabaseClock clock, Parts parts) {
        this.database = database;
        var passwords = new DjangoPasswords(parts.iterations(), parts.derivation(), passwordThreads);
        var lately = new LatelySucceeded();
        keys = new SigningKeys(database, clock, settings.home().resolve("claves"), parts.instants());
        present = new PresentAccounts(id -> database.read(handle -> AccountSql.byId(handle, id)), parts.feed()::hears);
        revocations = new Revocations(database, clock, parts.feed(), present);
        secret = new ShopSecret(
                database, clock, settings.databaseUrl(), settings.home().resolve("claves"), KeyDerivation.JDK);
        Runnable beforeSigning = () -> {
            keys.own();
            secret.makeReady();
        };
        var tokens = new AccessTokens(keys::published, parts.instants());
        sessions = new Sessions(database, clock, beforeSigning, tokens, revocations, secret);
        webSessions = new WebSessions(database, clock);
        registerAccount = new RegisterAccount(
                database, clock, passwords, new AddressLimits("registro:ip", settings.registrationLimit()), lately);
        var factorSecret = new FactorSecret(secret);
        var factorCheck = new FactorCheck(database, clock, factorSecret);
        logIn = new LogIn(
                database,
                clock,
                passwords,
                new AddressLimits("login:ip", settings.loginLimit()),
                new Limits("login:usuario", settings.loginLimit()),
                new LoginTurns(LONGEST_WAIT_FOR_A_TURN),
                lately,
                sessions,
                webSessions,
                factorCheck,
                secret);
        var codes = new MailCodes(secret);
        var attempts = new CodeAttempts(database, clock, settings.loginLimit());
        var letters = new LetterLimits(settings.registrationLimit());
        signUpByMail = new SignUpByMail(database, clock, passwords, lately, codes, letters);
        ConfirmedAddress toldLater = (handle, account, email) -> confirmed.confirmed(handle, account, email);
        confirmSignUp = new ConfirmSignUp(lately, codes, attempts, toldLater);
        recoverPassword = new RecoverPassword(database, clock, passwords, lately, codes, attempts, letters, sessions);
        verifier = new TokenVerifier(keys::find, revocations, parts.instants());
        manage = new ManageAccounts(database, clock, passwords, sessions);
        ownPassword = new OwnPassword(database, clock, passwords, logIn, sessions);
        ownSessions = new OwnSessions(database, clock, sessions);
        secondFactors = new SecondFactors(database, clock, logIn, factorCheck, factorSecret, sessions, lately);
        eraseAccount = new EraseAccount(sessions);
        ownEmail = new OwnEmail(database, clock, logIn, toldLater);
        addresses = new Addresses(database, clock);
        inviteStaff = new InviteStaff(database, clock, passwords);
        resetByLink = new ResetByLink(database, clock, passwords, sessions);
        signedWords = new SignedWords(keys::own, keys::find);
        guests = new Guests(
                database,
                clock,
                new Guests.Rules(
                        settings.guestLimit(),
                        settings.guestHolds(),
                        settings.timeToLive(),
                        settings.retention().guests().longest()));
    }

    /** The parts that a test replaces. */
    record Parts(int iterations, KeyDerivation derivation, InstantSource instants, RevocationFeed feed) {}

    public static Accounts open(Settings settings, Database database, DatabaseClock clock) {
        return open(
                settings,
                database,
                clock,
                new Parts(
                        DjangoPasswords.CURRENT_ITERATIONS,
                        KeyDerivation.JDK,
                        InstantSource.system(),
                        new PostgresRevocationFeed(database::target)));
    }

    static Accounts open(Settings settings, Database database, DatabaseClock clock, Parts parts) {
        return new Accounts(settings, database, clock, parts);
    }

    /** A secret of the shop's own, the same on each of its instances, for one purpose; asks the database at first. */
    public byte[] secretFor(String purpose) {
        return secret.lasting(purpose);
    }

    public RegisterAccount registration() {
        return registerAccount;
    }

    /** Registrations that wait for a mailed code. */
    public SignUpByMail signUpByMail() {
        return signUpByMail;
    }

    public ConfirmSignUp confirmSignUp() {
        return confirmSignUp;
    }

    public RecoverPassword recovery() {
        return recoverPassword;
    }

    public LogIn login() {
        return logIn;
    }

    /** Buyers without an account. */
    public Guests guests() {
        return guests;
    }

    /** Sets who hears of accounts whose owner has shown that they read its mail. */
    public void whenConfirmed(ConfirmedAddress hears) {
        confirmed = hears;
    }

    /** Tells whose an access token is. */
    public TokenVerifier verifier() {
        return verifier;
    }

    public ManageAccounts manage() {
        return manage;
    }

    public OwnPassword ownPassword() {
        return ownPassword;
    }

    public OwnSessions ownSessions() {
        return ownSessions;
    }

    /** A part of deleting an account; other features forget theirs in the same transaction. */
    public EraseAccount eraseAccount() {
        return eraseAccount;
    }

    public OwnEmail ownEmail() {
        return ownEmail;
    }

    public SecondFactors secondFactors() {
        return secondFactors;
    }

    public Addresses addresses() {
        return addresses;
    }

    public InviteStaff invitations() {
        return inviteStaff;
    }

    public ResetByLink resetLinks() {
        return resetByLink;
    }

    /** Signs texts that a browser keeps for us between two requests. */
    public SignedWords signedWords() {
        return signedWords;
    }

    /** The sign-ins of browsers. */
    public WebSessions webSessions() {
        return webSessions;
    }

    /**
     * The caller as the account is at this moment; empty when it was deleted or deactivated, by any program. A token
     * lives for 15 minutes, a right only as long as its row says so. One statement.
     */
    public Optional<Caller> present(Caller caller) {
        return present.now(caller);
    }

    /**
     * The caller for a request that only reads. A buyer's account is answered from memory until the database announces
     * a change; that takes moments, and never more than a second while the connection lives.
     */
    public Optional<Caller> presentToRead(Caller caller) {
        return present.lately(caller);
    }

    /** Exchanges a refresh token for the next pair. */
    public RefreshOutcome refresh(String refreshToken, Client client) {
        return sessions.refresh(refreshToken, client);
    }

    /**
     * Exchanges the refresh token of a browser's cookie. The token just exchanged still gets a good answer for 30 s,
     * the same one, because all tabs of a browser share the cookie; after that it ends the family like everywhere.
     */
    public BrowserRefresh refreshInBrowser(String refreshToken, Client client) {
        return switch (sessions.refreshInBrowser(refreshToken, client)) {
            case RefreshOutcome.Refused _ -> new BrowserRefresh.Refused();
            case RefreshOutcome.Refreshed(TokenPair tokens, int userId) ->
                holder(userId)
                        .<BrowserRefresh>map(holder -> new BrowserRefresh.Refreshed(tokens, holder))
                        .orElseGet(BrowserRefresh.Refused::new);
        };
    }

    /** Ends the sign-in that a browser's cookie belongs to, if it still is one; the token stays a secret. */
    public void logOutBrowser(String refreshToken, Client client) {
        sessions.endFamilyOf(refreshToken).ifPresent(userId -> AccountLog.loggedOut(userId, client));
    }

    /** How long a refresh token lasts unless it is exchanged. */
    public static Duration refreshLifetime() {
        return Sessions.REFRESH_LIFETIME;
    }

    /** The account's owner as pages greet them; empty when the account was deleted. */
    public Optional<Holder> holder(int userId) {
        return database.read(handle -> AccountSql.holder(handle, userId));
    }

    /**
     * Ends the caller's sign-in: its access tokens and its refresh tokens. May run twice.
     *
     * @return false when the account was deleted meanwhile
     */
    public boolean logOut(Caller caller, Client client) {
        Sessions.Ended ended = sessions.revoke(caller.family(), caller.userId(), "logout");
        if (ended == Sessions.Ended.NOW) {
            AccountLog.loggedOut(caller.username(), client);
        }
        return ended != Sessions.Ended.WITH_ITS_USER;
    }

    /** Whether revocations are known without asking the database; for readiness and tests. */
    public boolean hearsRevocations() {
        return revocations.answersFromMemory();
    }

    /**
     * Makes this instance's keys ready and renews what the others know of it; at the start of a server and once a
     * minute, so that no request waits for it.
     */
    public void renewKeys() {
        keys.renew();
        secret.renew();
    }

    /**
     * Deletes refresh tokens and revocations that no longer matter; for the housekeeping, like the next methods.
     *
     * @return how many rows, at most 2000 a call
     */
    public static int deleteEnded(Handle handle, Instant now) {
        return Sessions.deleteEnded(handle, now);
    }

    /** Deletes browsers' sessions that ended; at most 1000 a call. */
    public static int deleteEndedOfBrowsers(Handle handle, Instant now) {
        return WebSessions.deleteEnded(handle, now);
    }

    /** Deletes codes, and registrations that nobody confirmed, two days old; at most 1000 a call. */
    public static int deleteOldCodes(Handle handle, Instant now) {
        return CodeSql.deleteBefore(handle, now.minus(KEEP_CODES), MOST_CODES_AT_ONCE);
    }

    /** Deletes mailed links whose time was over two months ago; at most 1000 a call. */
    public static int deleteOldLinks(Handle handle, Instant now) {
        return LinkSql.deleteBefore(handle, now.minus(KEEP_LINKS), MOST_CODES_AT_ONCE);
    }

    /** Deletes what was typed at payments a month ago and never paid; at most 1000 a call. */
    public static int deleteTypedDeliveries(Handle handle, Instant now) {
        return AddressSql.deleteTypedBefore(handle, now.minus(KEEP_TYPED), MOST_CODES_AT_ONCE);
    }

    /** Deletes login attempts before the instant; at most so many a call. */
    public static int deleteLoginAttemptsBefore(Handle handle, Instant before, int most) {
        return AccountSql.deleteAttemptsBefore(handle, before, most);
    }

    /** Deletes the public keys of instances that are gone. */
    public static int retireSigningKeys(Handle handle, Instant now) {
        return SigningKeys.retire(handle, now);
    }

    @Override
    public void close() {
        revocations.close();
        passwordThreads.close();
    }
}

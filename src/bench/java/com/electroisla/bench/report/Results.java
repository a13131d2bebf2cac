package com.electroisla.bench.report;

import com.electroisla.command.Context;
import java.io.IOException;
import java.util.Optional;

/** Shows each part's table as soon as it is ready, and writes it to the reference page if asked to. */
public final class Results {
    private final Context context;
    private final String machine;
    private final String commandLine;
    private final Optional<FiguresPage> page;
    private String measuredOn = "";

    /** @param page the page for the tables; empty for none */
    public Results(Context context, String machine, String commandLine, Optional<FiguresPage> page) {
        this.context = context;
        this.machine = machine;
        this.commandLine = commandLine;
        this.page = page;
    }

    /** The same, without a page. */
    public Results withoutPage() {
        return new Results(context, machine, commandLine, Optional.empty());
    }

    /** Adds the versions of further programs to the following tables. */
    public void measuredOn(String versions) {
        measuredOn = ", " + versions;
        context.printLines(machine + measuredOn + "\n");
    }

    /** Shows the report; nothing when no way was measured. */
    public void show(String part, Report report) throws IOException {
        if (!report.isEmpty()) {
            show(part, report.legend() + "\n" + report.table() + "\n" + report.ratios());
        }
    }

    public void show(String part, String table) throws IOException {
        show(part, table, table);
    }

    /** @param forPage the same in English */
    public void show(String part, String table, String forPage) throws IOException {
        context.printLines(table);
        if (page.isPresent()) {
            page.get().put(part, machine + measuredOn + ". `./manage " + commandLine + "`\n\n" + forPage);
        }
    }
}

package com.electroisla.shell;

import com.electroisla.logs.HarmlessText;
import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Rows as an aligned table, as psql draws it: numbers to the right, nulls empty. */
final class ResultTable {
    private static final Set<Integer> NUMBERS =
            Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.REAL, Types.DOUBLE);

    private final PrintStream out;
    private final int[] widths;
    private final boolean[] right;

    private ResultTable(PrintStream out, int columns) {
        this.out = out;
        this.widths = new int[columns];
        this.right = new boolean[columns];
    }

    /** @return how many rows there were */
    static int print(ResultSet result, PrintStream out) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        ResultTable table = new ResultTable(out, columns.getColumnCount());
        List<String> header = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            header.add(columns.getColumnLabel(i));
            table.right[i - 1] = NUMBERS.contains(columns.getColumnType(i));
        }
        List<List<String>> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= header.size(); i++) {
                row.add(inOneLine(Objects.requireNonNullElse(result.getString(i), "")));
            }
            rows.add(row);
        }
        table.print(header, rows);
        return rows.size();
    }

    private void print(List<String> header, List<List<String>> rows) {
        measure(header);
        rows.forEach(this::measure);
        line(header, new boolean[widths.length]);
        StringBuilder rule = new StringBuilder();
        for (int width : widths) {
            rule.append(rule.isEmpty() ? "" : "+").append("-".repeat(width + 2));
        }
        out.println(rule);
        rows.forEach(row -> line(row, right));
        out.println(rows.size() == 1 ? "(1 fila)" : "(" + rows.size() + " filas)");
        out.println();
    }

    private void measure(List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], length(cells.get(i)));
        }
    }

    private void line(List<String> cells, boolean[] toTheRight) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String room = " ".repeat(widths[i] - length(cell));
            line.append(i == 0 ? " " : "| ")
                    .append(toTheRight[i] ? room + cell : cell + room)
                    .append(' ');
        }
        out.println(line.toString().stripTrailing());
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static String inOneLine(String cell) {
        return HarmlessText.of(cell.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t"));
    }
}

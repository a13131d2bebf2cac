package com.electroisla.command;

/**
 * A command. Its options and parameters are fields with picocli's annotations; its name and summary are in
 * {@code Commands}, beside {@code Main}.
 */
@FunctionalInterface
public interface ManageCommand {
    /**
     * Does the work.
     *
     * @return 0 when it is done, 1 when it was refused; a {@link CommandRefused} is the same with a reason
     */
    int run(Context context) throws Exception;
}

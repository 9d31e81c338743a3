using Bot.Chat;
using Bot.Imports;
using Bot.Loops;
using Bot.Store;
using Microsoft.EntityFrameworkCore;

namespace Bot.Host;

/// <summary><c>import FILE.csv --loop NAME ...</c>: brings answers from elsewhere into a loop, from the command line.</summary>
public static class ImportCommand
{
    public const string Word = "import";
    private const int Ok = 0;
    private const int Refused = 1;
    private const int Usage = 2;

    /// <param name="args">The program's, the word <c>import</c> first.</param>
    /// <param name="services">Of the host, its store migrated; the host need not run.</param>
    /// <returns>0 imported, 1 refused because of the rows, 2 asked for in a way that cannot be done.</returns>
    public static async Task<int> RunAsync(string[] args, IServiceProvider services, TextWriter output, TextWriter error, CancellationToken ct)
    {
        if (ImportArguments.Parse(args.AsSpan(1), out var fault) is not { } asked)
        {
            await error.WriteLineAsync($"{fault}\n\n{ImportArguments.Usage}");
            return Usage;
        }

        await using var scope = services.CreateAsyncScope();
        var (loop, problem) = await FindAsync(scope.ServiceProvider.GetRequiredService<BotDb>(), asked, ct);
        if (loop is null)
        {
            await error.WriteLineAsync(problem);
            return Usage;
        }

        try
        {
            await using var file = new FileStream(asked.File, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
            if (file.Length > AnswerFile.MaxBytes)
            {
                await error.WriteLineAsync($"{asked.File} is larger than {AnswerFile.MaxBytes / 1024 / 1024} MB. Split it; the parts can be imported one after the other.");
                return Usage;
            }

            var progress = new ProgressBar(output, redraws: ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected);
            var outcome = await scope.ServiceProvider.GetRequiredService<ImportAnswers>().RunAsync(loop, file, asked.Columns, asked.SkipBadRows, progress, ct);
            return await TellAsync(outcome, output, error);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{asked.File} cannot be read: {unreadable.Message}");
            return Usage;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await error.WriteLineAsync("Stopped; nothing was imported.");
            return Refused;
        }
    }

    private static async Task<int> TellAsync(ImportOutcome outcome, TextWriter output, TextWriter error)
    {
        switch (outcome)
        {
            case ImportOutcome.Imported imported:
                await ListAsync(imported.LeftOut, error);
                await output.WriteLineAsync(imported.InWords);
                return Ok;
            case ImportOutcome.BadRows bad:
                await ListAsync(bad.Rows, error);
                await error.WriteLineAsync($"{bad.InWords} Mend them, or leave them out with --skip-bad-rows.");
                return Refused;
            case ImportOutcome.UnknownColumn or ImportOutcome.ColumnTwice or ImportOutcome.TooMany:
                await error.WriteLineAsync(outcome.InWords);
                return Usage;
            default:
                await error.WriteLineAsync(outcome.InWords);
                return Refused;
        }
    }

    private static async Task ListAsync(IReadOnlyList<BadRow> rows, TextWriter error)
    {
        foreach (var row in rows.Take(BadRow.MostListed))
        {
            await error.WriteLineAsync($"line {row.Line}: {row.Reason}");
        }

        if (rows.Count > BadRow.MostListed)
        {
            await error.WriteLineAsync($"and {rows.Count - BadRow.MostListed} more");
        }
    }

    private static async Task<(Loop? Loop, string Problem)> FindAsync(BotDb db, ImportArguments asked, CancellationToken ct)
    {
        var all = await (
            from loop in db.Loops
            join initiative in db.Initiatives on loop.InitiativeId equals initiative.Id
            join workspace in db.Workspaces on loop.WorkspaceId equals workspace.Id
            where loop.EndedAt == null && workspace.RemovedAt == null
            orderby initiative.Name, workspace.ExternalId
            select new { loop, initiative.Name, workspace }).AsNoTracking().ToListAsync(ct);
        var there = asked.Workspace is null ? all : all.FindAll(l => l.workspace.ExternalId == asked.Workspace || l.workspace.Id.ToString() == asked.Workspace);
        var named = there.FindAll(l => l.Name.Equals(asked.Loop, StringComparison.OrdinalIgnoreCase));
        return named switch
        {
            [var only] => (only.loop, ""),
            [] when there.Count == 0 => (null, "There is no loop yet. Start one in the chat with /pilot loop, then import into it."),
            [] => (null, $"There is no loop called \"{asked.Loop}\". There is: {string.Join(", ", there.Select(l => l.Name).Distinct(StringComparer.OrdinalIgnoreCase))}."),
            _ => (null, $"Several workspaces have a loop called \"{asked.Loop}\". Say which with --workspace: {string.Join(", ", named.Select(l => Describe(l.workspace)))}."),
        };
    }

    private static string Describe(Workspace workspace) => workspace.Name is { } name ? $"{workspace.ExternalId} ({name})" : workspace.ExternalId;
}

/// <summary>What somebody typed after <c>import</c>.</summary>
public sealed record ImportArguments(string File, string Loop, ImportColumns Columns, string? Workspace, bool SkipBadRows)
{
    public const string Usage = """
        Brings dated answers from a CSV file into a loop, as past weeks marked imported. The same file twice changes nothing.

          import FILE.csv --loop NAME --date COLUMN --performance COLUMN [--text COLUMN] [--person COLUMN] [--workspace ID] [--skip-bad-rows]

          --loop NAME           the initiative's name
          --date COLUMN         the column with an ISO date or date-time; without an offset it is UTC
          --performance COLUMN  the column with a whole number from 1 to 5
          --text COLUMN         the column with what people wrote
          --person COLUMN       the column with a name or platform id of the workspace; without it answers have no author
          --workspace ID        needed where several workspaces have a loop of this name
          --skip-bad-rows       import the good rows; without it one bad row stops the import

        For example: import answers.csv --loop "Churn predictor" --date submitted --performance rating --text comment
        """;

    private const string Skip = "--skip-bad-rows";
    private static readonly string[] WithValue = ["--loop", "--date", "--performance", "--text", "--person", "--workspace"];

    /// <summary>Null with the fault, where something is missing or unknown.</summary>
    public static ImportArguments? Parse(ReadOnlySpan<string> args, out string fault)
    {
        if (TypedOptions.Parse(args, WithValue, [Skip], out fault) is not { Values: var values, Others: var files } typed)
        {
            return null;
        }

        fault = files.Count != 1 ? "Name one CSV file."
            : WithValue.Take(3).FirstOrDefault(option => !values.ContainsKey(option)) is { } missing ? $"{missing} is missing."
            : "";
        return fault.Length > 0 ? null : new ImportArguments(
            files[0], values["--loop"],
            new ImportColumns(values["--date"], values["--performance"], values.GetValueOrDefault("--text"), values.GetValueOrDefault("--person")),
            values.GetValueOrDefault("--workspace"), typed.Switches.Contains(Skip));
    }
}

/// <summary>How far an import has come: one line drawn over and over on a screen, a line for each tenth in a file.</summary>
internal sealed class ProgressBar(TextWriter output, bool redraws) : IProgress<(int Done, int Total)>
{
    private const int Width = 30;
    private int _tenth = -1;

    public void Report((int Done, int Total) value)
    {
        var (done, total) = value;
        if (total == 0)
        {
            return;
        }

        if (redraws)
        {
            var full = (int)((long)done * Width / total);
            output.Write($"\r[{new string('#', full)}{new string('.', Width - full)}] {done:N0} of {total:N0}{(done == total ? Environment.NewLine : "")}");
        }
        else if ((int)((long)done * 10 / total) is var tenth && tenth > _tenth)
        {
            _tenth = tenth;
            output.WriteLine($"{done:N0} of {total:N0}");
        }
    }
}

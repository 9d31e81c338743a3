using System.Globalization;
using Bot.Cards;

namespace Bot.Imports;

/// <summary>How an import ended. A closed set; only <see cref="Imported"/> changed anything.</summary>
public abstract record ImportOutcome
{
    private const int MostColumns = 30;

    private ImportOutcome()
    {
    }

    /// <param name="Weeks">Weeks that got answers they did not have.</param>
    /// <param name="Answers">Rows that became answers.</param>
    /// <param name="AlreadyThere">Rows that an earlier import had brought.</param>
    /// <param name="LeftOut">Bad rows, where leaving them out was asked for.</param>
    public sealed record Imported(int Weeks, int Answers, int AlreadyThere, IReadOnlyList<BadRow> LeftOut) : ImportOutcome;

    /// <summary>Rows cannot be taken, and nothing was.</summary>
    public sealed record BadRows(IReadOnlyList<BadRow> Rows) : ImportOutcome;

    /// <summary>A named column is not in the file.</summary>
    public sealed record UnknownColumn(string Name, IReadOnlyList<string> There) : ImportOutcome;

    /// <summary>Two columns go by the name.</summary>
    public sealed record ColumnTwice(string Name) : ImportOutcome;

    /// <summary>There is no row below the names of the columns, or nothing at all.</summary>
    public sealed record Empty : ImportOutcome;

    /// <summary>More rows than one import writes; the parts can be imported one after the other.</summary>
    public sealed record TooMany : ImportOutcome;

    /// <summary>Another import of the same loop was faster; trying again tells what is left to do.</summary>
    public sealed record Collided : ImportOutcome;

    /// <summary>In one sentence, for whoever asked; the rows of <see cref="BadRows"/> are listed beside it.</summary>
    public string InWords => this switch
    {
        Imported it => $"{Count(it.Answers, "answer")} in {Count(it.Weeks, "week")} imported; {Number(it.AlreadyThere)} {(it.AlreadyThere == 1 ? "was" : "were")} there already"
            + (it.LeftOut.Count > 0 ? $"; {Count(it.LeftOut.Count, "bad row")} left out." : "."),
        BadRows it => $"{Count(it.Rows.Count, "row")} cannot be imported, so nothing was.",
        UnknownColumn it => $"There is no column \"{Say.Shortened(it.Name, AnswerRow.MaxShown)}\". The file has: {string.Join(", ", it.There.Take(MostColumns))}.",
        ColumnTwice it => $"Two columns are called \"{it.Name}\". Rename one of them in the file.",
        TooMany => $"The file has more than {Number(AnswerFile.MaxRows)} rows. Split it; the parts can be imported one after the other.",
        Empty => "The file has no rows: the first line names the columns, and each line after it is an answer.",
        _ => "Another import of this loop ran at the same time, so this one changed nothing. Start it again.",
    };

    private static string Count(int n, string noun) => $"{Number(n)} {noun}{(n == 1 ? "" : "s")}";

    private static string Number(int n) => n.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>A row that cannot become an answer.</summary>
/// <param name="Line">Where the row starts in the file; the first line is 1.</param>
public sealed record BadRow(long Line, string Reason)
{
    /// <summary>More than this is no help to whoever mends the file.</summary>
    public const int MostListed = 50;
}

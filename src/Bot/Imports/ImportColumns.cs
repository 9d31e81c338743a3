namespace Bot.Imports;

/// <summary>Which columns of a file hold what, by the names in its first line; the letters' case does not matter.</summary>
/// <param name="Date">ISO date or date-time; without an offset it is UTC.</param>
/// <param name="Performance">A whole number from 1 to 5.</param>
/// <param name="Person">Name or platform id of somebody in the workspace; without this column answers have no author.</param>
public sealed record ImportColumns(string Date, string Performance, string? Text = null, string? Person = null)
{
    private static readonly string[] Dates = ["date", "timestamp", "submitted", "created", "answered", "time", "day", "when"];
    private static readonly string[] Performances = ["performance", "rating", "score", "stars", "grade"];
    private static readonly string[] Texts = ["text", "comment", "review", "feedback", "message", "body", "title"];
    private static readonly string[] People = ["person", "participant", "author", "user", "name"];

    /// <summary>What the columns are called in many exports; a first choice to be confirmed by a person. Empty where nothing fits.</summary>
    public static ImportColumns Guess(IReadOnlyList<string> columns)
    {
        var date = First(columns, Dates, []);
        var performance = First(columns, Performances, [date]);
        var text = First(columns, Texts, [date, performance]);
        return new ImportColumns(date ?? "", performance ?? "", text, First(columns, People, [date, performance, text]));
    }

    private static string? First(IReadOnlyList<string> columns, string[] words, string?[] taken)
    {
        var free = columns.Where(c => !taken.Contains(c)).ToList();
        return words.Select(w => free.Find(c => c.Trim().Equals(w, StringComparison.OrdinalIgnoreCase))).OfType<string>().FirstOrDefault()
            ?? words.Select(w => free.Find(c => c.Contains(w, StringComparison.OrdinalIgnoreCase))).OfType<string>().FirstOrDefault();
    }
}

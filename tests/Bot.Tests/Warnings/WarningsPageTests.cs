using System.Globalization;
using Bot.Warnings;

namespace Bot.Tests.Warnings;

/// <summary>docs/warnings.md says what the rules say.</summary>
public sealed class WarningsPageTests
{
    private static string Page { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "warnings.md"));

    [Fact]
    public void Every_rule_has_a_row_with_its_words_and_numbers_and_no_other_does()
    {
        var rows = Page.Split('\n').Where(l => l.StartsWith("| **", StringComparison.Ordinal)).ToList();

        Assert.Equal(AllRules.List.Select(Row), rows);
    }

    private static string Row(IRule rule)
    {
        var numbers = Thresholds.Of(rule.Id).Select(s => $"{s.Label}: {s.Default.ToString("0.##", CultureInfo.InvariantCulture)}");
        return $"| **{rule.Id}** | {rule.Explanation} | {rule.Question} | {string.Join("<br>", numbers)} |";
    }
}

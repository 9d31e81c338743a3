using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Web.Tests.Links;

namespace Bot.Web.Tests.Reports;

/// <summary>WCAG 2.2: text 4.5 to 1 (1.4.3), what has to be seen of a drawing 3 to 1 (1.4.11), in both schemes.</summary>
public sealed partial class ReportColourTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Text_and_lines_stand_out_from_the_paper(int scheme)
    {
        await using var host = await LinkHost.StartAsync();
        var css = await host.Http.GetStringAsync("/reports/report.css");
        var colours = Scheme().Matches(css)[scheme].Value is var block ? Variable().Matches(block).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["hex"].Value) : [];

        foreach (var paper in new[] { "paper", "raised" })
        {
            Assert.All(["ink", "soft", "blue", "green", "red", "amber", "violet"], text => Assert.True(Contrast(colours[text], colours[paper]) >= 4.5, $"{text} on {paper}"));
        }

        Assert.All(["limit", "trial", "blue", "green", "red", "amber", "violet"], line => Assert.True(Contrast(colours[line], colours["paper"]) >= 3, line));
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        var parts = Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(i * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)).ToList();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex(":root \\{[^}]*--paper[^}]*\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex("--(?<name>[a-z]+): #(?<hex>[0-9a-f]{6})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}

using Bot.Exports;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.Exports;

/// <summary>The law of every text in a CSV file: it comes back as it was, and no spreadsheet takes it for a formula.</summary>
public sealed class SpreadsheetCsvTests
{
    private const string Formula = "=+-@\t\r\n＝＋－＠";

    private static readonly string[] Nasty =
        ["=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "\"", "\"\"", ",", ";", "'", " ", "\u00A0", "\u3000", "\uFEFF", "＝", "＋", "－", "＠", "|", "x", "1", "😍", "مرحبا", "cmd|'/C calc'!A0"];

    private static Gen<string> Texts => Gen.Elements(Nasty).NonEmptyListOf().Select(string.Concat);

    [Fact]
    public void Any_text_comes_back_and_never_begins_a_formula() => Prop.ForAll(Texts.ToArbitrary(), Texts.ToArbitrary(), (text, author) =>
    {
        var (readAuthor, readText) = RoundTrip(author, text);

        Assert.All([(readAuthor, author), (readText, text)], cell =>
        {
            var (read, written) = cell;
            Assert.True(read == written || read == "'" + written);
            Assert.DoesNotContain(read.TrimStart(' ', '\u00A0', '\u3000', '\uFEFF').FirstOrDefault('x'), Formula);
        });
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("plain")]
    [InlineData("2 - 1 = 1")]
    [InlineData("'=1")]
    [InlineData("\"=1\"")]
    public void A_harmless_text_is_left_as_it_is(string text) => Assert.Equal(("Ana", text), RoundTrip("Ana", text));

    [Theory]
    [InlineData("=1+1")]
    [InlineData("-1")]
    [InlineData("＠SUM(A1)")]
    [InlineData("  =1")]
    [InlineData("\t=1")]
    public void What_could_be_a_formula_becomes_a_text(string text) => Assert.Equal(("Ana", "'" + text), RoundTrip("Ana", text));

    private static (string Author, string Text) RoundTrip(string author, string text)
    {
        using var csv = CsvReader.Create(SpreadsheetCsv.Texts([new ExportedText("2026-W47", TextKind.Comment, author, text)]), new CsvReaderOptions { Separator = ',' });
        Assert.True(csv.Read());
        var read = (csv.GetString(2), csv.GetString(3));
        Assert.False(csv.Read());
        return read;
    }
}

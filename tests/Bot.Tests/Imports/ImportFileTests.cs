using System.Text;
using Bot.Imports;
using static Bot.Tests.Imports.Importing;

namespace Bot.Tests.Imports;

/// <summary>Files that are no CSV, or not the one that was meant.</summary>
public sealed class ImportFileTests
{
    [Fact]
    public async Task Columns_that_are_not_there_or_there_twice_are_named()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();

        var unknown = await ImportAsync(product, loop, "day,rating,text\n2026-11-03,4,a\n");
        var twice = await ImportAsync(product, loop, "date,Rating,rating,text\n2026-11-03,4,4,a\n");

        Assert.Equal("There is no column \"date\". The file has: day, rating, text.", unknown.InWords);
        Assert.Equal(new ImportOutcome.ColumnTwice("rating"), twice);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("date,rating,text\n")]
    public async Task A_file_without_rows_is_empty(string file)
    {
        await using var product = await Product.StartAsync();

        Assert.IsType<ImportOutcome.Empty>(await ImportAsync(product, await product.SeedLoopAsync(), file));
    }

    [Fact]
    public async Task A_file_of_more_rows_than_one_import_writes_is_refused_whole()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();

        var outcome = await ImportAsync(product, loop, "date,rating,text\n" + string.Concat(Enumerable.Repeat("2026-11-03,4,\n", AnswerFile.MaxRows + 1)));

        Assert.Equal("The file has more than 100,000 rows. Split it; the parts can be imported one after the other.", outcome.InWords);
        Assert.Empty(await AnswersAsync(product));
    }

    [Fact]
    public async Task A_byte_order_mark_semicolons_and_carriage_returns_are_read_and_other_encodings_told()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();

        var excel = await ImportAsync(product, loop, [.. Encoding.UTF8.Preamble, .. "date;rating;text\r\n2026-11-03;4;größer, besser\r\n"u8]);
        var latin = await ImportAsync(product, loop, Encoding.Latin1.GetBytes("date,rating,text\n2026-11-03,4,größer\n"));

        Assert.IsType<ImportOutcome.Imported>(excel);
        Assert.Equal("größer, besser", Assert.Single(await AnswersAsync(product)).Comment);
        Assert.Equal(new BadRow(2, "this line is not UTF-8; save the file as \"CSV UTF-8\""), Assert.Single(Assert.IsType<ImportOutcome.BadRows>(latin).Rows));
    }

    [Fact]
    public async Task A_quotation_mark_that_never_closes_is_told_where_it_opens_however_long_the_rest_is()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var rest = string.Concat(Enumerable.Repeat("2026-11-03,4,fine\n", 200_000));

        var outcome = await ImportAsync(product, loop, "date,rating,text\n2026-11-03,4,fine\n2026-11-03,4,\"open\n" + rest);

        var bad = Assert.Single(Assert.IsType<ImportOutcome.BadRows>(outcome).Rows);
        Assert.Equal((3, "a quotation mark opens a value here and never closes it"), (bad.Line, bad.Reason));
    }
}

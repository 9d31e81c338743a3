using System.Text;
using Bot.Chat;
using Bot.CheckIns;
using Bot.Imports;
using Bot.Loops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using static Bot.Tests.Imports.Importing;

namespace Bot.Tests.Imports;

/// <summary>
/// What a row becomes; the same rows again; bad rows and nothing half done; weeks that are not for imports; people; files that are no CSV.
/// The clock stands at Monday, 23 November 2026, 08:00 UTC.
/// </summary>
public sealed class ImportAnswersTests
{
    [Fact]
    public async Task Rows_become_counted_answers_of_closed_weeks_marked_imported()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();

        var outcome = await ImportAsync(product, loop, "date,rating,text\n2026-11-03 09:00:00,4,\"two\nlines, \"\"quoted\"\"\"\n2026-11-05,5,\n2026-11-10T12:00:00Z,1,😍 مرحبا\n");

        Assert.Equal("3 answers in 2 weeks imported; 0 were there already.", outcome.InWords);
        var rounds = await RoundsAsync(product, loop);
        Assert.Equal([new DateOnly(2026, 11, 5), new DateOnly(2026, 11, 12)], rounds.Select(r => r.ReviewDate));
        Assert.All(rounds, r => Assert.Equal((RoundState.Closed, true, true), (r.State, r.Imported, r.Sealed)));
        Assert.Equal(
            (Instant("2026-11-04T09:00:00Z"), Instant("2026-11-05T06:00:00Z"), Instant("2026-11-05T09:00:00Z"), Instant("2026-11-05T09:00:00Z"), Instant("2026-11-05T09:00:00Z")),
            (rounds[0].OpensAt, rounds[0].RemindsAt, rounds[0].ReviewAt, rounds[0].ClosesAt, rounds[0].ClosedAt!.Value));
        var answers = await AnswersAsync(product);
        Assert.Equal(["two\nlines, \"quoted\"", null, "😍 مرحبا"], answers.Select(a => a.Comment));
        Assert.All(answers, a => Assert.True(a is { Counted: true, PersonId: null, Late: false }));
    }

    [Theory]
    [InlineData("2026-11-09T00:30:00+01:00", "2026-11-05")] // still Sunday in UTC
    [InlineData("2026-11-08 23:59:59", "2026-11-05")]
    [InlineData("2026-11-09 00:00:00", "2026-11-12")]
    [InlineData("2026-11-09", "2026-11-12")]
    [InlineData("2026-11-08T20:00:00.123-05:00", "2026-11-12")]
    [InlineData("2026-01-01", "2026-01-01")] // ISO week 1
    [InlineData("2025-12-28T12:00", "2025-12-25")] // ISO week 52 of 2025
    public async Task The_week_is_the_iso_week_of_the_instant_in_utc(string date, string reviewDate)
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();

        await ImportAsync(product, loop, $"date,rating,text\n{date},4,\n");

        Assert.Equal(DateOnly.Parse(reviewDate), Assert.Single(await RoundsAsync(product, loop)).ReviewDate);
    }

    [Fact]
    public async Task The_same_file_twice_changes_nothing_and_equal_rows_are_counted_one_by_one()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        const string File = "date,rating,text\n2026-11-03,4,same\n2026-11-03,4,same\n2026-11-04,4,same\n";
        await ImportAsync(product, loop, File);
        var before = await AnswersAsync(product);

        var outcome = await ImportAsync(product, loop, File);

        Assert.Equal(new ImportOutcome.Imported(0, 0, 3, []).InWords, outcome.InWords);
        Assert.Equal(before.Select(a => a.Id), (await AnswersAsync(product)).Select(a => a.Id));
        Assert.Equal(3, before.Count);
    }

    [Fact]
    public async Task A_longer_file_adds_only_what_is_new_also_after_the_review_moved_to_another_day()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        await ImportAsync(product, loop, "date,rating,text\n2026-11-03,4,a\n2026-11-04,5,b\n");
        loop.Slot = new WeeklySlot(DayOfWeek.Tuesday, new TimeOnly(9, 0), "Europe/Berlin");

        var outcome = await ImportAsync(product, loop, "date,rating,text\n2026-11-02,1,new\n2026-11-03,4,a\n2026-11-04,5,b\n2026-11-03,4,a\n2026-11-11,2,\n");

        Assert.Equal("3 answers in 2 weeks imported; 2 were there already.", outcome.InWords);
        Assert.Equal([new DateOnly(2026, 11, 5), new DateOnly(2026, 11, 10)], (await RoundsAsync(product, loop)).Select(r => r.ReviewDate));
        Assert.Equal(5, (await AnswersAsync(product)).Count);
    }

    [Fact]
    public async Task Every_bad_row_is_told_with_the_line_it_starts_in_and_nothing_is_imported()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var file = "date,rating,text\n2026-11-03,4,\"a\nb\"\n\n03.11.2026,4,x\n,4,x\n2026-11-03,6,x\n2026-11-03,,x\n2026-11-03,4.5,x\n2026-11-03,4\n2026-11-03,4,x\"y\n1999-12-31,4,x\n2026-11-03,4,"
            + new string('x', AnswerRow.MaxText + 1) + "\n2026-11-03,4,\0\n";

        var outcome = await ImportAsync(product, loop, file);

        var bad = Assert.IsType<ImportOutcome.BadRows>(outcome).Rows;
        Assert.Equal([5, 6, 7, 8, 9, 10, 11, 12, 13, 14], bad.Select(b => b.Line));
        Assert.Contains("\"03.11.2026\" is not a date like 2026-11-19", bad[0].Reason);
        Assert.Equal("the date is empty", bad[1].Reason);
        Assert.Equal("performance \"6\" is not a whole number from 1 to 5", bad[2].Reason);
        Assert.Contains("more or fewer values", bad[5].Reason);
        Assert.Contains("quotation mark", bad[6].Reason);
        Assert.Contains("10001 characters", bad[8].Reason);
        Assert.Empty(await AnswersAsync(product));
        Assert.Empty(await RoundsAsync(product, loop));
    }

    [Fact]
    public async Task Bad_rows_are_left_out_when_asked_and_the_rest_is_imported()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();

        var outcome = await ImportAsync(product, loop, "date,rating,text\n2026-11-03,4,a\nnever,4,b\n2026-11-10,9,c\n2026-11-04,5.0,d\n", leaveOutBadRows: true);

        Assert.Equal("2 answers in 1 week imported; 0 were there already; 2 bad rows left out.", outcome.InWords);
        Assert.Equal([4, 5], (await AnswersAsync(product)).Select(a => a.Rating!.Value));
        Assert.Single(await RoundsAsync(product, loop));
    }

    [Fact]
    public async Task Weeks_of_the_loops_own_and_weeks_that_are_not_over_take_no_imports()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync(slot: new WeeklySlot(DayOfWeek.Monday, new TimeOnly(9, 0), "Europe/Berlin"));
        await product.SeedWeekAsync(loop, "2026-11-09");
        await product.SeedWeekAsync(loop, "2026-11-02", RoundState.Skipped, "offsite");

        var outcome = await ImportAsync(product, loop, "date,rating,text\n2026-11-24,4,\n2026-11-23,4,\n2026-11-30,3,\n2026-11-12,4,\n2026-11-04,4,\n2026-11-22,4,\n");

        var bad = Assert.IsType<ImportOutcome.BadRows>(outcome).Rows;
        Assert.Equal([2, 3, 4, 5, 6], bad.Select(b => b.Line));
        Assert.Equal("the date lies in the future", bad[0].Reason);
        Assert.Equal("the week of 23 November 2026 is not over yet", bad[1].Reason);
        Assert.Equal("the week of 9 November 2026 is one of the loop's own weeks; its answers come from check-ins", bad[3].Reason);
        Assert.Contains("own weeks", bad[4].Reason);
    }

    [Fact]
    public async Task People_are_found_by_name_or_platform_id_and_nobody_of_another_workspace()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var (ana, ben) = (await product.PersonAsync("ana"), await product.PersonAsync("ben"));
        var elsewhere = new Workspace { Id = Id.New<WorkspaceId>(product.Clock), Platform = RecordingChat.TheName, ExternalId = "other", AddedAt = product.Clock.Now };
        await product.SeedAsync(
            elsewhere,
            new Person { Id = Id.New<PersonId>(product.Clock), WorkspaceId = elsewhere.Id, ExternalId = "zoe", Name = "Zoe" },
            new Person { Id = Id.New<PersonId>(product.Clock), WorkspaceId = loop.WorkspaceId, ExternalId = "chloe-2", Name = "CHLOE" });

        var outcome = await ImportAsync(
            product, loop, "date,rating,who\n2026-11-03,4,ANA\n2026-11-03,3,ben\n2026-11-03,2,\n2026-11-03,5,Zoe\n2026-11-03,5,Chloe\n2026-11-03,5,chloe-2\n2026-11-04,1, Ana \n",
            new ImportColumns("Date ", "RATING", null, "who"), leaveOutBadRows: true);

        var left = Assert.IsType<ImportOutcome.Imported>(outcome).LeftOut;
        Assert.Equal([5, 6, 8], left.Select(b => b.Line));
        Assert.Equal("there is nobody called \"Zoe\" in the workspace", left[0].Reason);
        Assert.Equal("several people in the workspace are called \"Chloe\"; give the platform's id instead", left[1].Reason);
        Assert.Equal("the same person has another answer in this week, in line 2", left[2].Reason);
        Assert.Equal(4, (await AnswersAsync(product)).Count);
        Assert.Equal([ana, ben, null], (await AnswersAsync(product)).Select(a => a.PersonId).Take(3));
    }

    [Fact]
    public async Task A_changed_answer_of_a_person_whose_week_was_imported_before_is_a_bad_row()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        var columns = new ImportColumns("date", "rating", null, "who");
        await ImportAsync(product, loop, "date,rating,who\n2026-11-03,4,ana\n", columns);

        var outcome = await ImportAsync(product, loop, "date,rating,who\n2026-11-03,5,ana\n2026-11-03,4,ben\n", columns);

        Assert.Equal(new BadRow(2, "an earlier import brought a different answer of the same person in this week"), Assert.Single(Assert.IsType<ImportOutcome.BadRows>(outcome).Rows));
        Assert.Single(await AnswersAsync(product));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_import_that_is_stopped_or_fails_in_the_middle_leaves_nothing_behind(bool stopped)
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();
        using var stop = new CancellationTokenSource();
        var seen = new List<(int Done, int Total)>();
        var progress = new Immediately(p =>
        {
            seen.Add(p);
            if (p.Done == 1000 && !stopped)
            {
                throw new IOException("the disk is full");
            }

            if (p.Done == 1000)
            {
                stop.Cancel();
            }
        });

        var running = ImportAsync(product, loop, "date,rating,text\n" + string.Concat(Enumerable.Range(0, 2500).Select(i => $"2026-11-03,4,{i}\n")), progress: progress, ct: stop.Token);

        if (stopped)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }
        else
        {
            await Assert.ThrowsAsync<IOException>(() => running);
        }

        Assert.Equal([(0, 2500), (1000, 2500)], seen);
        Assert.Empty(await AnswersAsync(product));
        Assert.Empty(await RoundsAsync(product, loop));
    }

    [Fact]
    public async Task Imported_weeks_show_their_means_like_any_other()
    {
        await using var product = await Product.StartAsync();
        var loop = await product.SeedLoopAsync();

        await ImportAsync(product, loop, "date,rating,text\n2026-11-03,4,\n2026-11-03,5,\n2026-11-04,4,\n2026-11-10,1,\n2026-11-10,1,\n");

        var means = await product.UseAsync(db => new ReadWeeks(db).MeansAsync(loop.Id, DateOnly.MaxValue, CancellationToken.None));
        Assert.Equal([(3, 13 / 3.0), (2, null)], means.Select(m => (m.Rated, m.Mean)));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text);

    private sealed class Immediately(Action<(int Done, int Total)> told) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => told(value);
    }
}

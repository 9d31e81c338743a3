using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Readiness;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Readiness;

/// <summary>
/// Who relies on it: four or five in each of the last four rounds answered, three at least; not who missed two, rated a three, did not use
/// it, is no user, or has left; nothing said with fewer than three users' answers.
/// </summary>
public sealed class RelianceTests : IAsyncLifetime
{
    private static readonly string[] Weeks = ["2026-10-22", "2026-10-29", "2026-11-05", "2026-11-12", "2026-11-19"];
    private Product _product = null!;
    private Loop _loop = null!;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        _loop = await _product.SeedLoopAsync();
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Theory]
    [InlineData(4, 4, true)]
    [InlineData(3, 3, true)]
    [InlineData(2, 2, false)]
    [InlineData(4, 3, false)]
    [InlineData(0, 0, false)]
    public void Somebody_relies_who_answered_three_times_at_least_and_always_well(int answered, int well, bool relies)
    {
        Assert.Equal(relies, Reliance.Relies(new UserWeeks(answered, well)));
    }

    [Fact]
    public async Task The_last_four_closed_rounds_count_and_nothing_before_them()
    {
        // The first week is too long ago to hurt Ben; Chloe did not use it once; Dev missed one of four and relies; Root missed two.
        await TakePartAsync(("ben", Role.User), ("chloe", Role.User), ("dev", Role.User), ("root", Role.User), ("ana", Role.Owner));
        await RateAsync("ben", 1, 4, 5, 4, 4);
        await RateAsync("chloe", 5, 5, 5, 0, 5);
        await RateAsync("dev", 5, 4, null, 5, 4);
        await RateAsync("root", 5, 5, null, null, 5);
        await RateAsync("ana", 5, 5, 5, 5, 5);

        var reliance = await ReadAsync();

        Assert.Equal(new Reliance(2, 4), reliance);
        Assert.Equal("2 of 4 users rely on it", reliance!.ToString());
    }

    [Fact]
    public async Task With_two_users_answers_nothing_is_said()
    {
        await TakePartAsync(("ben", Role.User), ("chloe", Role.User), ("dev", Role.User), ("ana", Role.Owner));
        await RateAsync("ben", 5, 5, 5, 5, 5);
        await RateAsync("chloe", 5, 5, 5, 5, 5);
        await RateAsync("ana", 5, 5, 5, 5, 5);

        Assert.Null(await ReadAsync());
    }

    [Fact]
    public async Task Who_has_left_is_neither_a_user_nor_relies()
    {
        await TakePartAsync(("ana", Role.User), ("ben", Role.User), ("chloe", Role.User), ("dev", Role.User));
        foreach (var who in new[] { "ana", "ben", "chloe", "dev" })
        {
            await RateAsync(who, 5, 5, 5, 5, 5);
        }

        var dev = await _product.PersonAsync("dev");
        await _product.UseAsync(db => db.Participants.Where(p => p.PersonId == dev).ExecuteUpdateAsync(p => p.SetProperty(x => x.LeftAt, _product.Clock.Now)));

        Assert.Equal(new Reliance(3, 3), await ReadAsync());
    }

    private Task<Reliance?> ReadAsync() => _product.UseAsync(db => new ReadReliance(db).OfAsync(_loop.Id, CancellationToken.None));

    private async Task TakePartAsync(params (string Who, Role Role)[] people)
    {
        foreach (var (who, role) in people)
        {
            await _product.SeedAsync(new Participant { LoopId = _loop.Id, PersonId = await _product.PersonAsync(who), Role = role, Since = _product.Clock.Now });
        }

        foreach (var week in Weeks)
        {
            await _product.SeedWeekAsync(_loop, week);
        }
    }

    /// <summary>A week each; 0 did not use it, null did not answer.</summary>
    private async Task RateAsync(string who, params int?[] ratings)
    {
        var person = await _product.PersonAsync(who);
        for (var i = 0; i < ratings.Length; i++)
        {
            if (ratings[i] is { } rating)
            {
                var round = await _product.RoundAsync(_loop.Id, Weeks[i]);
                await _product.SeedAsync(new Answer
                {
                    Id = Id.New<AnswerId>(_product.Clock), RoundId = round.Id, PersonId = person, Rating = rating == 0 ? null : rating, At = round.OpensAt, Counted = true,
                });
            }
        }
    }
}

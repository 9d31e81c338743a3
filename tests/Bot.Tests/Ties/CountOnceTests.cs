using Bot.Chat;
using Bot.CheckIns;
using Bot.Loops;
using Bot.Privacy;
using Bot.Ties;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Ties;

// Who takes part in both is asked in one: where they joined first, unless they are gone there, observe, or that place asks nobody this week. Decided when a week opens.
public sealed class CountOnceTests
{
    private const string Opening = "2026-11-25T09:00:00Z";
    private const string Week = "2026-11-26";
    private const string Next = "2026-12-03";

    [Fact]
    public async Task Without_a_tie_both_ask_and_count()
    {
        await using var places = await TwoPlaces.StartAsync();

        await places.Product.MoveToAsync(Opening);

        Assert.Equal(["ana", "ben", "chloe", "dev"], await places.AskedAsync(places.Here, Week));
        Assert.Equal(["benny", "gus", "hana", "ivo"], await places.AskedAsync(places.There, Week));
    }

    [Fact]
    public async Task Tied_only_the_place_joined_first_asks_reminds_and_counts()
    {
        await using var places = await TwoPlaces.StartTiedAsync();

        await places.Product.MoveToAsync("2026-11-26T09:31:00Z");

        Assert.Equal(["ana", "ben", "chloe", "dev"], await places.AskedAsync(places.Here, Week));
        Assert.Equal(["gus", "hana", "ivo"], await places.AskedAsync(places.There, Week));
        Assert.DoesNotContain(places.Product.Chat.To("dm-benny"), m => m.Key.StartsWith("prompt:") || m.Key.StartsWith("remind:"));
        Assert.Contains("0 of 3 answered", places.Product.Chat.Posts.Single(m => m.Conversation == TwoPlaces.General && m.Key.StartsWith("digest:")).Shown);
    }

    [Fact]
    public async Task Whichever_opens_first_the_place_is_the_same()
    {
        await using var places = await TwoPlaces.StartTiedAsync(but: new() { ["day"] = "Wednesday" });

        await places.Product.MoveToAsync(Opening);

        Assert.Equal(["gus", "hana", "ivo"], await places.AskedAsync(places.There, "2026-11-25"));
        Assert.Contains("ben", await places.AskedAsync(places.Here, Week));
    }

    [Fact]
    public async Task An_ended_tie_asks_in_both_from_the_next_week()
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        await places.Product.MoveToAsync("2026-11-26T10:00:00Z");

        await places.PressThereAsync("gus", EndTie.Action, places.There.ToString());
        await places.Product.MoveToAsync("2026-12-02T09:00:00Z");

        Assert.DoesNotContain("benny", await places.AskedAsync(places.There, Week));
        Assert.Contains("benny", await places.AskedAsync(places.There, Next));
        Assert.Contains("ben", await places.AskedAsync(places.Here, Next));
    }

    [Fact]
    public async Task A_week_that_is_open_already_is_not_changed()
    {
        await using var places = await TwoPlaces.StartAsync();
        await places.Product.MoveToAsync(Opening);

        await places.TieAsync();

        Assert.Contains("ben", await places.AskedAsync(places.Here, Week));
        Assert.Contains("benny", await places.AskedAsync(places.There, Week));
    }

    [Fact]
    public async Task Who_was_asked_elsewhere_this_week_before_the_tie_is_not_asked_again()
    {
        await using var places = await TwoPlaces.StartAsync(but: new() { ["day"] = "Wednesday" });
        await places.Product.MoveToAsync("2026-11-24T10:00:00Z");

        await places.TieAsync();
        await places.Product.MoveToAsync(Opening);

        Assert.Contains("benny", await places.AskedAsync(places.There, "2026-11-25"));
        Assert.DoesNotContain("ben", await places.AskedAsync(places.Here, Week));
    }

    [Theory]
    [InlineData(nameof(Role.Observer))]
    [InlineData(SetRole.Leaves)]
    public async Task Who_observes_or_has_left_there_is_asked_here(string role)
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        await SetAsync(places, "ben", role);

        await places.Product.MoveToAsync(Opening);

        Assert.DoesNotContain("ben", await places.AskedAsync(places.Here, Week));
        Assert.Contains("benny", await places.AskedAsync(places.There, Week));
    }

    [Fact]
    public async Task Who_has_left_the_chat_there_is_asked_here()
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        await places.Product.HearAsync(new BotRemoved(places.Product.Next(), places.Product.Workspace, new ChatPerson("ben"), places.Product.Personal("ben")));

        await places.Product.MoveToAsync(Opening);

        Assert.Contains("benny", await places.AskedAsync(places.There, Week));
    }

    [Theory]
    [InlineData("pause moving house")]
    [InlineData("skip 2026-11-26 holiday")]
    public async Task While_one_place_asks_nobody_the_other_asks(string typed)
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        await places.Product.TypeAsync("ana", typed);

        await places.Product.MoveToAsync(Opening);

        Assert.Empty(await places.AskedAsync(places.Here, Week));
        Assert.Contains("benny", await places.AskedAsync(places.There, Week));
    }

    [Fact]
    public async Task Who_joins_later_is_recognised_once_the_roster_is_read()
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        var product = places.Product;
        product.Clock.Now += TimeSpan.FromHours(1);
        product.Chat.Rosters[Product.Team] = [.. product.Chat.Rosters[Product.Team], Product.Who("hana2") with { Name = "Hana", Email = EmailAddress.Read("HANA@globex.example") }];
        await product.HearAsync(new MembersChanged(product.Next(), product.Workspace, product.Place(Product.Team), [new ChatPerson("hana2", "Hana")], []));
        var form = Assert.IsType<Reply.OpenForm>(await product.TypeAsync("ana", "loop")).Form;
        var ids = await product.UseAsync(db => db.People.ToDictionaryAsync(p => p.ExternalId, p => p.Id.ToString()));
        await product.SendAsync("ana", form.Ref, new()
        {
            ["name"] = TwoPlaces.Name, ["owner"] = ids["ana"], ["people"] = $"{ids["ana"]},{ids["ben"]},{ids["chloe"]},{ids["dev"]},{ids["hana2"]}",
            ["day"] = "Thursday", ["time"] = "10:00", ["zone"] = "Europe/Berlin", ["minutes"] = "30", ["open"] = "24", ["remind"] = "3",
        }, channel: Product.Team);

        await places.ReadRostersAsync();
        await product.MoveToAsync(Opening);

        Assert.DoesNotContain("hana2", await places.AskedAsync(places.Here, Week));
        Assert.Contains("hana", await places.AskedAsync(places.There, Week));
    }

    [Fact]
    public async Task An_address_that_changes_is_noticed_within_a_day()
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        places.Product.Chat.Rosters[TwoPlaces.General] = [.. places.Product.Chat.Rosters[TwoPlaces.General].Select(p => p.Id == "benny" ? p with { Email = EmailAddress.Read("benny@elsewhere.example") } : p)];
        places.Product.Clock.Now += TimeSpan.FromHours(13);

        await places.ReadRostersAsync();
        await places.Product.MoveToAsync(Opening);

        Assert.Contains("benny", await places.AskedAsync(places.There, Week));
    }

    [Fact]
    public async Task People_shows_who_is_asked_elsewhere_and_a_check_in_typed_here_says_where()
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        await places.Product.MoveToAsync(Opening);

        var people = Shown(await places.TypeThereAsync("hana", "people"));
        var typed = Shown(await places.TypeThereAsync("benny", "checkin"));

        Assert.Equal("user, assigned · Berlin · asked in #churn in Acme", people.Split('\n').Select(l => l.Trim()).Single(l => l.Contains("asked in")));
        Assert.Contains("About Churn predictor you are asked in #churn in Acme, and your answer counts there.", typed);
        Assert.DoesNotContain("asked in", Shown(await places.Product.TypeAsync("ana", "people")));
    }

    [Fact]
    public async Task Of_people_of_tied_loops_a_fingerprint_is_kept_of_others_nothing_and_of_nobody_the_address()
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        var product = places.Product;

        var kept = await product.UseAsync(db => db.Fingerprints.Join(db.People, f => f.PersonId, p => p.Id, (f, p) => new { p.ExternalId, f.Hash }).ToListAsync());

        Assert.Equal(["ana", "ben", "benny", "chloe", "dev", "gus", "hana"], kept.Select(k => k.ExternalId).Order());
        Assert.Single(kept.Where(k => k.ExternalId.StartsWith("ben")).Select(k => k.Hash).Distinct());
        Assert.All(kept, k => Assert.Matches("^[0-9a-f]{64}$", k.Hash!));
        Assert.Equal("(an e-mail address)", product.Chat.Rosters[Product.Team][0].Email.ToString());
        Assert.DoesNotContain("example", product.Chat.Rosters[Product.Team][0].ToString());
    }

    [Fact]
    public async Task Whoever_leaves_a_tied_loop_leaves_no_fingerprint()
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        await SetAsync(places, "chloe", SetRole.Leaves);

        await places.ReadRostersAsync();

        var chloe = await places.Product.PersonAsync("chloe");
        Assert.False(await places.Product.UseAsync(db => db.Fingerprints.AnyAsync(f => f.PersonId == chloe)));
    }

    [Fact]
    public async Task Privacy_tells_of_the_fingerprint_and_deletes_it_for_as_long_as_the_tie_lasts()
    {
        await using var places = await TwoPlaces.StartTiedAsync();
        var product = places.Product;

        var before = Shown(await product.TypeAsync("ben", "privacy"));
        var deleted = Shown(await product.PressAsync("ben", DeleteMyTexts.Action, "me"));
        product.Clock.Now += TimeSpan.FromHours(13);
        await places.ReadRostersAsync();
        var after = Shown(await product.TypeAsync("ben", "privacy"));
        await product.MoveToAsync(Opening);

        Assert.Contains("by a fingerprint of your e-mail address, not the address, in 1 initiative followed in two places", before);
        Assert.Contains("The fingerprint of your e-mail address is deleted and not made again", deleted);
        Assert.DoesNotContain("fingerprint", after);
        Assert.Contains("ben", await places.AskedAsync(places.Here, Week));
        Assert.Contains("benny", await places.AskedAsync(places.There, Week));
    }

    private static async Task SetAsync(TwoPlaces places, string who, string role)
    {
        var key = $"{places.Here}:{await places.Product.PersonAsync(who)}";
        await places.Product.SendAsync("root", new ActionRef(SetRole.FormName, key), new() { ["role"] = role, ["joined"] = "Assigned" });
    }

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);
}

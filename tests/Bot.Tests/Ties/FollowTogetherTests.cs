using Bot.Chat;
using Bot.Delivery;
using Bot.Loops;
using Bot.Ties;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Ties;

// Two admins agree by a one-time code: who may, what each is told, what becomes of the code; and how it ends.
public sealed class FollowTogetherTests : IAsyncLifetime
{
    private TwoPlaces _places = null!;

    private Product Product => _places.Product;

    public async Task InitializeAsync() => _places = await TwoPlaces.StartAsync();

    public async Task DisposeAsync() => await _places.DisposeAsync();

    [Fact]
    public async Task An_admin_is_told_what_will_happen_and_gets_a_code_that_is_kept_nowhere()
    {
        var shown = Assert.IsType<Reply.Whisper>(await Product.TypeAsync("root", "together"));

        var (text, code) = (CardText.Of(shown.Card), TwoPlaces.CodeOn(shown.Card));
        Assert.Contains("asked in one place, the one they joined first, and counted once", text);
        Assert.Contains("Nothing anybody wrote, nobody else's name", text);
        Assert.Matches("^tie-[a-z0-9]{26}$", code);
        Assert.Equal(TieCode.Hash(code), (await Product.UseAsync(db => db.TieOffers.SingleAsync())).Hash);
        Assert.DoesNotContain(code[4..], string.Join('\n', await Product.UseAsync(db => db.Inbox.Select(i => i.Reply).ToListAsync())));
    }

    [Fact]
    public async Task The_code_typed_by_an_admin_elsewhere_ties_both_and_both_channels_are_told()
    {
        var code = await _places.CodeAsync();

        var reply = await _places.TypeThereAsync("gus", "together " + code.ToUpperInvariant());
        await Product.DeliverAsync();

        Assert.Contains("Churn predictor: followed here and in #churn in Acme", Shown(reply));
        Assert.Contains("agreed here by Gus", Shown(reply));
        Assert.Contains("also followed in #general in Globex", Product.Chat.To(Product.Team).Last().Shown);
        Assert.Contains("also followed in #churn in Acme", Product.Chat.To(TwoPlaces.General).Last().Shown);
        Assert.Equal(0, await _places.CountAsync<TieOffer>());
    }

    [Fact]
    public async Task In_the_bots_own_chat_the_initiative_is_named_before_the_code()
    {
        var reply = await _places.TypeThereAsync("gus", $"together churn PREDICTOR {await _places.CodeAsync()}", channel: null);

        Assert.Contains("followed here and in #churn in Acme", Shown(reply));
    }

    [Fact]
    public async Task Each_side_sees_since_when_by_whom_of_its_own_and_how_many_are_recognised()
    {
        await _places.TieAsync();

        var (here, there) = (Shown(await Product.TypeAsync("root", "together")), Shown(await _places.TypeThereAsync("gus", "together")));

        Assert.Contains("Since 23 Nov, agreed here by Root", here);
        Assert.Contains("4 of 4", here);
        Assert.Contains("1, asked and counted in one of them", here);
        Assert.Contains("3 of 4", there);
        Assert.DoesNotContain("Root", there);
        Assert.DoesNotContain("Gus", here);
    }

    [Theory]
    [InlineData("together")]
    [InlineData("together tie-aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Who_is_no_admin_is_told_who_is(string typed)
    {
        Assert.Contains("Only an admin of this workspace can do this: Root.", Shown(await Product.TypeAsync("ana", typed)));
        Assert.Equal((0, 0), (await _places.CountAsync<TieOffer>(), await _places.CountAsync<WrongCodes>()));
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var code = await _places.CodeAsync();
        var tied = await _places.TypeThereAsync("gus", "together " + code);
        await _places.PressThereAsync("gus", EndTie.Action, _places.There.ToString());

        var again = await _places.TypeThereAsync("gus", "together " + code);

        Assert.Contains("followed here and in", Shown(tied));
        Assert.Contains("does not hold", Shown(again));
        Assert.Equal(0, await _places.CountAsync<Tie>());
    }

    [Fact]
    public async Task A_code_typed_twice_at_once_ties_once()
    {
        var code = await _places.CodeAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => _places.TypeThereAsync("gus", "together " + code))));

        Assert.Single(replies, reply => Shown(reply).Contains("the roster is being read"));
        Assert.Equal((1, 2), (await _places.CountAsync<Tie>(), await _places.CountAsync<TieSide>()));
    }

    [Fact]
    public async Task A_mistyped_an_old_and_a_replaced_code_are_refused_in_the_same_words()
    {
        var replaced = await _places.CodeAsync();
        var old = await _places.CodeAsync();
        var refusals = new List<string> { Shown(await _places.TypeThereAsync("gus", "together " + replaced)), Shown(await _places.TypeThereAsync("gus", "together tie-x")) };
        Product.Clock.Now += TieOffer.Lifetime;

        refusals.Add(Shown(await _places.TypeThereAsync("gus", "together " + old)));

        Assert.Contains("does not hold: it was mistyped or used, or is older than an hour", Assert.Single(refusals.Distinct()));
        Assert.Equal(0, await _places.CountAsync<Tie>());
    }

    [Fact]
    public async Task A_code_of_ones_own_workspace_still_holds_elsewhere()
    {
        var code = await _places.CodeAsync();

        Assert.Contains("This code was made in this workspace", Shown(await Product.TypeAsync("root", "together " + code)));

        Assert.Contains("followed here and in", Shown(await _places.TypeThereAsync("gus", "together " + code)));
    }

    [Fact]
    public async Task A_code_of_somebody_who_is_no_admin_any_more_is_none()
    {
        var code = await _places.CodeAsync();
        await Product.HearAsync(new CommandTyped(Product.Next(), Product.Workspace, new ChatPerson("root", IsAdmin: false), Product.Personal("root"), "help"));

        Assert.Contains("does not hold", Shown(await _places.TypeThereAsync("gus", "together " + code)));
    }

    [Fact]
    public async Task After_five_wrong_codes_none_is_taken_for_an_hour_not_even_the_right_one()
    {
        var code = await _places.CodeAsync();
        for (var i = 0; i < WrongCodes.Most; i++)
        {
            Assert.Contains("does not hold", Shown(await _places.TypeThereAsync("gus", $"together tie-guess{i}")));
        }

        var refused = Shown(await _places.TypeThereAsync("gus", "together " + code));
        Product.Clock.Now += TimeSpan.FromMinutes(61);
        var later = Shown(await _places.TypeThereAsync("gus", "together " + await _places.CodeAsync()));

        Assert.Contains("I take none from you until Mon 10:10 (Berlin)", refused);
        Assert.Contains("followed here and in", later);
    }

    [Fact]
    public async Task Wrong_codes_tried_at_once_are_counted_one_by_one()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => _places.TypeThereAsync("gus", $"together tie-guess{i}"))));

        Assert.All(replies, reply => Assert.Contains("does not hold", Shown(reply)));
        Assert.Equal(3, (await Product.UseAsync(db => db.WrongCodes.SingleAsync())).Count);
    }

    [Fact]
    public async Task A_tied_loop_is_tied_to_no_third()
    {
        await _places.TieAsync();

        Assert.Contains("a loop is tied to one other", Shown(await _places.TypeThereAsync("gus", "together tie-anything")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Either_side_ends_it_and_nothing_of_it_is_kept(bool there)
    {
        await _places.TieAsync();

        var ended = there ? await _places.PressThereAsync("gus", EndTie.Action, _places.There.ToString()) : await Product.PressAsync("root", EndTie.Action, _places.Here.ToString());
        await Product.DeliverAsync();

        Assert.Contains("Ended.", CardText.Of(Assert.IsType<Reply.ReplaceCard>(ended).Card));
        Assert.Equal((0, 0, 0), (await _places.CountAsync<Tie>(), await _places.CountAsync<TieSide>(), await _places.CountAsync<Fingerprint>()));
        Assert.Contains("no longer followed in two places", Product.Chat.To(Product.Team).Last().Shown);
        Assert.Contains("no longer followed in two places", Product.Chat.To(TwoPlaces.General).Last().Shown);
    }

    [Fact]
    public async Task Only_an_admin_who_sees_the_loop_ends_it()
    {
        await _places.TieAsync();

        Assert.Contains("Only an admin", Shown(await _places.PressThereAsync("hana", EndTie.Action, _places.There.ToString())));
        Assert.Contains("not known here", Shown(await _places.PressThereAsync("gus", EndTie.Action, _places.Here.ToString())));
        Assert.Equal(1, await _places.CountAsync<Tie>());
    }

    [Fact]
    public async Task Uninstalling_either_ends_it_at_once()
    {
        await _places.TieAsync();
        await Product.TypeAsync("root", "together");

        await _places.HearThereAsync((workspace, _) => new BotRemoved(Product.Next(), workspace, null, null));
        await Product.DeliverAsync();

        Assert.Equal((0, 0, 0), (await _places.CountAsync<Tie>(), await _places.CountAsync<TieSide>(), await _places.CountAsync<Fingerprint>()));
        Assert.Contains("no longer followed in two places", Product.Chat.To(Product.Team).Last().Shown);
        Assert.DoesNotContain("no longer followed", Product.Chat.To(TwoPlaces.General).Last().Shown);
    }

    [Fact]
    public async Task A_place_that_is_gone_from_the_store_leaves_the_other_free()
    {
        await _places.TieAsync();
        await Product.UseAsync(db => db.Loops.Where(l => l.Id == _places.There).ExecuteDeleteAsync());

        Assert.Contains("is gone, so that has ended", Shown(await Product.TypeAsync("root", "together")));

        Assert.Contains("tie-", Shown(await Product.TypeAsync("root", "together")));
        Assert.Equal((0, 0, 0), (await _places.CountAsync<Tie>(), await _places.CountAsync<TieSide>(), await _places.CountAsync<Fingerprint>()));
    }

    [Fact]
    public async Task What_has_lapsed_is_cleared_away()
    {
        await _places.CodeAsync();
        await _places.TypeThereAsync("gus", "together tie-guess");
        await TidyAsync();
        Assert.Equal((1, 1), (await _places.CountAsync<TieOffer>(), await _places.CountAsync<WrongCodes>()));

        Product.Clock.Now += TimeSpan.FromHours(1);
        await TidyAsync();

        Assert.Equal((0, 0), (await _places.CountAsync<TieOffer>(), await _places.CountAsync<WrongCodes>()));

        Task<bool> TidyAsync() => Product.AskAsync<Tidy, bool>(async tidy =>
        {
            await tidy.RunAsync(CancellationToken.None);
            return true;
        });
    }

    [Fact]
    public async Task Where_no_addresses_are_given_the_admin_is_told_what_is_needed()
    {
        Product.Chat.EmailNeeds = "Grant the addresses.";
        Product.Chat.Rosters[TwoPlaces.General] = [Product.Who("gus", isAdmin: true), Product.Who("hana"), Product.Who("ivo"), Product.Who("benny")];

        Assert.Contains("Grant the addresses.", Shown(await Product.TypeAsync("root", "together")));
        await _places.TieAsync();

        Assert.Contains("I am given no e-mail addresses here, so nobody is recognised and everybody is counted in each place. Grant the addresses.", Shown(await _places.TypeThereAsync("gus", "together")));
        Assert.DoesNotContain("Grant", Shown(await Product.TypeAsync("root", "together")));
    }

    private static string Shown(Reply reply) => CardText.Of(Assert.IsType<Reply.Whisper>(reply).Card);
}

using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Teams.Cards;
using Bot.Teams.Manifests;
using Bot.Teams.Tests.Peers;
using Bot.Tests.Cards;

namespace Bot.Teams.Tests.Manifests;

// The app package: filled with id and host, at the root of the zip, the same bytes each time, its commands are those the product knows and describes so, the name is the one cards
// tell to type; the newer schema only where asked for; Microsoft's validator takes both; each fault Teams would refuse it for is named; the icons are what they must be.
public sealed class AppPackageTests
{
    [Fact]
    public void The_package_has_the_manifest_and_both_icons_at_its_root_and_no_fault()
    {
        var package = Packages.Make(targeted: false);

        using var zip = new ZipArchive(new MemoryStream(package));
        Assert.Equal(["manifest.json", "color.png", "outline.png"], zip.Entries.Select(entry => entry.FullName));
        Assert.Empty(CheckAppPackage.Faults(new MemoryStream(package)));
    }

    [Fact]
    public void Every_placeholder_is_filled_with_the_app_and_its_host()
    {
        var manifest = Packages.Manifest(Packages.Make(targeted: false));

        Assert.Equal(("8f14e45f-ceea-467f-a3b0-c2f6b4d1a9e7", "8f14e45f-ceea-467f-a3b0-c2f6b4d1a9e7"), ((string?)manifest["id"], (string?)manifest["bots"]![0]!["botId"]));
        Assert.All(new[] { "websiteUrl", "privacyUrl", "termsOfUseUrl" }, name => Assert.Equal("https://afterpilot.example.com/pilot/", (string?)manifest["developer"]![name]));
        Assert.DoesNotContain(CardFiles.Texts(manifest), text => text.Contains("00000000", StringComparison.Ordinal) || text.Contains("example.org", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_files_make_the_same_package()
    {
        var (once, again) = (Packages.Make(targeted: true), Packages.Make(targeted: true));

        Assert.Equal(once, again);
    }

    [Fact]
    public void Private_messages_and_slash_commands_are_asked_for_by_the_newer_schema_and_nothing_else_changes()
    {
        var (plain, targeted) = (Packages.Manifest(Packages.Make(targeted: false)), Packages.Manifest(Packages.Make(targeted: true)));

        Assert.Equal(("1.23", "1.29"), ((string?)plain["manifestVersion"], (string?)targeted["manifestVersion"]));
        var bot = targeted["bots"]![0]!.AsObject();
        Assert.True((bool?)bot["supportsTargetedMessages"]);
        Assert.Equal(["""["mention","slash"]""", null], bot["commandLists"]!.AsArray().Select(list => list!["triggers"]?.ToJsonString()));
        bot.Remove("supportsTargetedMessages");
        bot["commandLists"]![0]!.AsObject().Remove("triggers");
        (targeted["$schema"], targeted["manifestVersion"]) = (plain["$schema"]!.DeepClone(), "1.23");
        Assert.Equal(plain.ToJsonString(), targeted.ToJsonString());
    }

    [Fact]
    public void Every_command_is_one_the_product_knows_and_says_what_help_says_of_it()
    {
        var commands = Packages.Template["bots"]![0]!["commandLists"]!.AsArray().SelectMany(list => list!["commands"]!.AsArray()).ToList();

        Assert.All(commands, command =>
        {
            var word = CardFiles.Catalogue.Word(((string)command!["title"]!).Split(' ')[0]);
            Assert.NotNull(word);
            if ((string?)command["title"] == word.Word && word.Word != "help")
            {
                Assert.Equal(word.Does, (string?)command["description"]);
            }
        });
        Assert.All(Packages.Template["bots"]![0]!["commandLists"]!.AsArray(), list =>
            Assert.Equal(list!["commands"]!.AsArray().Count, list["commands"]!.AsArray().Select(command => (string?)command!["title"]).Distinct().Count()));
    }

    [Fact]
    public void The_bot_is_called_as_cards_tell_to_type_and_listens_wherever_the_product_speaks()
    {
        Assert.Equal(TypedWords.Called, $"@{Packages.Template["name"]!["short"]}");
        Assert.Equal(Enum.GetNames<ConversationKind>().Order(), Packages.Template["bots"]![0]!["scopes"]!.AsArray().Select(scope => (string?)scope switch
        {
            "team" => nameof(ConversationKind.Channel),
            "groupChat" => nameof(ConversationKind.Group),
            _ => nameof(ConversationKind.Personal),
        }).Order());
    }

    [NodeFact]
    public async Task Microsofts_validator_takes_both_packages()
    {
        var (plain, targeted) = (Packages.Manifest(Packages.Make(targeted: false)), Packages.Manifest(Packages.Make(targeted: true)));

        var complaints = await Task.WhenAll(Node.RunAsync("validate-manifest.mjs", plain), Node.RunAsync("validate-manifest.mjs", targeted));

        Assert.All(complaints, each => Assert.Empty(each.AsArray()));
    }

    [NodeFact]
    public async Task Microsofts_validator_refuses_what_belongs_to_the_newer_schema_in_the_older()
    {
        var manifest = Packages.Manifest(Packages.Make(targeted: false));
        manifest["bots"]![0]!["supportsTargetedMessages"] = true;

        var complaints = await Node.RunAsync("validate-manifest.mjs", manifest);

        Assert.NotEmpty(complaints.AsArray());
    }

    public static TheoryData<string, Action<JsonObject>> Broken => new()
    {
        { "$schema and manifestVersion must name the same version.", manifest => manifest["manifestVersion"] = "1.29" },
        { "id is not a GUID: give the app registration's client id.", manifest => manifest["id"] = "00000000-0000-0000-0000-000000000000" },
        { "bots[0].botId is not a GUID: give the app registration's client id.", manifest => manifest["bots"]![0]!["botId"] = "churn" },
        { "version is missing.", manifest => manifest.Remove("version") },
        { "accentColor is missing.", manifest => manifest["accentColor"] = 7 },
        { "developer.name has 33 characters, 32 at most.", manifest => manifest["developer"]!["name"] = new string('a', 33) },
        { "name.short has 31 characters, 30 at most.", manifest => manifest["name"]!["short"] = new string('a', 31) },
        { "description.short has 81 characters, 80 at most.", manifest => manifest["description"]!["short"] = new string('a', 81) },
        { "description.full is missing.", manifest => manifest["description"]!["full"] = " " },
        { "developer.privacyUrl is not an https address.", manifest => manifest["developer"]!["privacyUrl"] = "http://afterpilot.example.com/" },
        { "developer.termsOfUseUrl is not an https address.", manifest => manifest["developer"]!.AsObject().Remove("termsOfUseUrl") },
        { "bots must have exactly one bot.", manifest => manifest.Remove("bots") },
        { "A list of commands has 11: 1 to 10 are shown.", manifest => manifest["bots"]![0]!["commandLists"]![0]!["commands"]!.AsArray().Add(new JsonObject { ["title"] = "plan" }) },
        { "A command's title must have 1 to 32 characters: \"\".", manifest => manifest["bots"]![0]!["commandLists"]![0]!["commands"]![0]!["title"] = "" },
        { "icons.color names no file of the package.", manifest => manifest["icons"]!["color"] = "other.png" },
    };

    [Theory, MemberData(nameof(Broken))]
    public void What_Teams_would_refuse_is_named(string fault, Action<JsonObject> breakIt)
    {
        var faults = CheckAppPackage.Faults(Packages.Changed(breakIt));

        Assert.Equal([fault], faults);
    }

    [Fact]
    public void A_file_in_a_folder_is_named()
    {
        var faults = CheckAppPackage.Faults(Packages.Changed(_ => { }, ("teams/color.png", [])));

        Assert.Equal(["teams/color.png is in a folder: everything belongs at the root of the zip."], faults);
    }

    [Fact]
    public void An_icon_of_another_size_or_kind_is_named()
    {
        var (color, outline) = (File.ReadAllBytes(Path.Combine(Packages.Folder, "color.png")), File.ReadAllBytes(Path.Combine(Packages.Folder, "outline.png")));

        var swapped = CheckAppPackage.Faults(Packages.Changed(_ => { }, ("color.png", outline), ("outline.png", color)));
        var text = CheckAppPackage.Faults(Packages.Changed(_ => { }, ("color.png", "<svg/>"u8.ToArray())));

        Assert.Equal(
            ["color.png is 32 by 32 pixels, it must be 192 by 192.", "outline.png is 192 by 192 pixels, it must be 32 by 32.", "outline.png is not transparent: it must be white on nothing."],
            swapped);
        Assert.Equal(["color.png is not a PNG picture."], text);
    }

    [Theory]
    [InlineData("{", "manifest.json is not valid JSON: ")]
    [InlineData("[]", "manifest.json is not a JSON object.")]
    [InlineData(null, "manifest.json is not at the root of the zip.")]
    public void A_manifest_that_cannot_be_read_is_named(string? content, string fault)
    {
        var faults = CheckAppPackage.Faults(Packages.Changed(_ => { }, ("manifest.json", content is null ? null : Encoding.UTF8.GetBytes(content))));

        Assert.StartsWith(fault, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_zip_is_named()
    {
        var faults = CheckAppPackage.Faults(new MemoryStream("manifest"u8.ToArray()));

        Assert.Equal(["It is not a zip file."], faults);
    }
}

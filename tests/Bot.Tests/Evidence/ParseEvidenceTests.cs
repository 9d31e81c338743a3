using System.Text;
using Bot.Evidence;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Tests.Evidence;

/// <summary>Each form as its monitor sends it; what is refused, and with which words; what is the same item.</summary>
public sealed class ParseEvidenceTests
{
    private static readonly DateTimeOffset Received = DateTimeOffset.Parse("2026-11-20T10:00:00Z");

    public static TheoryData<string> EveryPayload => [.. Payloads.Names];

    public static TheoryData<string> EveryBroken => [.. Payloads.AllBroken.Select(b => b.Name)];

    [Theory]
    [InlineData("plain-one", "Plain|tickets_deflected|41|Unknown|")]
    [InlineData(
        "plain-many", "Plain|tickets_deflected|38|Unknown|", "Plain|psi_age|0.05|None|", "Plain|income|0.1|Possible|", "Plain|region|0.25|Possible|",
        "Plain|segment|0.26|Drift|", "Plain|tenure|0.2|Drift|0.2", "Plain|latency|900|Unknown|500")]
    [InlineData("evidently-legacy-share", "Evidently|drift share|0.6666666666666666|Drift|0.5")]
    [InlineData(
        "evidently-legacy-columns", "Evidently|target|0|Drift|0.05", "Evidently|age|0.31|None|0.05", "Evidently|fare|0.1|Drift|0.1", "Evidently|drift share|0.5|Drift|0.5")]
    [InlineData(
        "evidently-07", "Evidently|drift share|0.4|None|0.5", "Evidently|avg_session_min|0.001|None|0.1", "Evidently|plan, or tariff|0.03|Drift|0.05",
        "Evidently|region|0.42|Unknown|", "Evidently|age|0.05|None|0.05", "Evidently|RowCount()|5210|Unknown|", "Evidently|MissingValueCount(column=age)|0.0023|Unknown|")]
    [InlineData(
        "evidently-07-tests", "Evidently|drift share|0.3|Drift|0.3", "Evidently|Share of drifted columns is less than 0.3||Drift|", "Evidently|Missing values in age||Possible|",
        "Evidently|Row count||None|", "Evidently|Drift of plan||Unknown|", "Evidently|Drift of region||Unknown|")]
    [InlineData("alertmanager-firing", "Alertmanager|DriftShareHigh||Drift|", "Alertmanager|LatencyHigh||Possible|", "Alertmanager|NoSeverity||Drift|")]
    [InlineData("alertmanager-resolved", "Alertmanager|DriftShareHigh||None|")]
    [InlineData("grafana", "Grafana|PSI of income|0.31|Drift|", "Grafana|DatasourceNoData||Possible|")]
    [InlineData("nannyml-rows", "NannyMl|roc_auc|0.71|Drift|0.75", "NannyMl|income|0.04|None|0.1", "NannyMl|age|3.2|Drift|3", "NannyMl|plan|14.2|Unknown|")]
    [InlineData("nannyml-table", "NannyMl|f1|0.8|None|0.9")]
    public void A_report_is_read_by_the_names_in_it(string payload, params string[] expected)
    {
        var items = Read(Payloads.Read(payload));

        Assert.Equal(expected, items.Select(i => $"{i.Source}|{i.Series}|{i.Value}|{i.Verdict}|{i.Threshold}"));
    }

    [Fact]
    public void The_position_of_a_metric_means_nothing()
    {
        const string one = """{"metric_name":"ValueDrift(column=a,method=psi,threshold=0.1)","value":0.2}""", other = """{"metric_name":"DriftedColumnsCount(drift_share=0.5)","value":{"count":1,"share":0.1}}""";

        var (forth, back) = (Read($$"""{"metrics":[{{one}},{{other}}]}"""), Read($$"""{"metrics":[{{other}},{{one}}]}"""));

        Assert.Equal(forth, back.Reverse());
    }

    [Fact]
    public void Times_are_those_of_the_form_and_otherwise_of_receipt()
    {
        Assert.All(Read(Payloads.Read("evidently-07")), i => Assert.Null(i.At));
        Assert.All(Read(Payloads.Read("evidently-07-tests")), i => Assert.Equal(DateTimeOffset.Parse("2026-11-20T06:15:02.417Z"), i.At));
        Assert.Equal(DateTimeOffset.Parse("2026-11-20T06:15:02.417Z"), Read(Payloads.Read("evidently-legacy-share"))[0].At);
        Assert.Equal(DateTimeOffset.Parse("2026-11-15T23:59:59.999999Z"), Read(Payloads.Read("nannyml-rows"))[0].At);
        Assert.Equal(DateTimeOffset.Parse("2026-11-20T00:00:00Z"), Read(Payloads.Read("grafana"))[0].At);
        Assert.Equal(DateTimeOffset.Parse("2026-11-19T08:00:00Z"), Read(Payloads.Read("alertmanager-resolved"))[0].At);
    }

    [Fact]
    public void Bins_and_counts_are_kept_beside_a_PSI()
    {
        Assert.Equal("10 bins, n = 4200", Read(Payloads.Read("plain-many"))[1].Text);
    }

    [Theory, MemberData(nameof(EveryBroken))]
    public void What_is_not_as_it_should_be_is_refused_with_where_and_what(string name)
    {
        var broken = Payloads.AllBroken.Single(b => b.Name == name);

        var reading = ParseEvidence.From(Encoding.UTF8.GetBytes(broken.Body), Received);

        var (status, says) = reading switch
        {
            EvidenceReading.NotJson not => (400, not.Why),
            EvidenceReading.Refused refused => (422, string.Join("; ", refused.Expected)),
            _ => (202, "taken"),
        };
        Assert.Equal(broken.Status, status);
        Assert.Contains(broken.Says, says);
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_up_to_twenty()
    {
        var refused = Assert.IsType<EvidenceReading.Refused>(ParseEvidence.From(Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("{\"series\":\"a\"}", 50)) + "]"), Received));

        Assert.Equal(20, refused.Expected.Count);
        Assert.Equal("[0].value: expected a number", refused.Expected[0]);
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0xFF, 0x22 })] // no UTF-8
    [InlineData(new byte[] { 0x00 })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF })] // a byte order mark and nothing behind it
    [InlineData(new byte[] { 0x4E })]
    public void Bytes_that_are_no_text_are_no_JSON(byte[] body)
    {
        Assert.IsType<EvidenceReading.NotJson>(ParseEvidence.From(body, Received));
    }

    [Fact]
    public void A_body_too_deep_to_be_a_report_is_refused()
    {
        var body = Encoding.UTF8.GetBytes(new string('[', 5000) + new string(']', 5000));

        Assert.IsType<EvidenceReading.NotJson>(ParseEvidence.From(body, Received));
    }

    [Fact]
    public void Control_characters_do_not_reach_a_card()
    {
        var item = Assert.Single(Read("""{"series":"a\u0000\nb","value":1,"at":"2026-11-20T09:00:00Z","text":"x\u0007y"}"""));

        Assert.Equal(("a  b", "x y"), (item.Series, item.Text));
    }

    [Fact]
    public void No_bytes_make_the_parser_throw()
    {
        var reports = Payloads.Names.Select(Payloads.Read).ToList();
        var broken =
            from report in Gen.Elements<byte[]>(reports)
            from at in Gen.Choose(0, report.Length - 1)
            from length in Gen.Choose(0, 12)
            from put in Gen.Elements("", "null", "\"x\"", "-1", "[]", "{}", "NaN", ",", "\\ud800", "true")
            select (byte[])[.. report[..at], .. Encoding.UTF8.GetBytes(put), .. report[Math.Min(report.Length, at + length)..]];

        Prop.ForAll(broken.ToArbitrary(), body => ParseEvidence.From(body, Received) is EvidenceReading.Read { Items.Count: > 0 } or EvidenceReading.NotJson or EvidenceReading.Refused { Expected.Count: > 0 })
            .QuickCheckThrowOnFailure();
    }

    [Theory, MemberData(nameof(EveryPayload))]
    public void The_same_report_an_hour_later_is_the_same(string payload)
    {
        var (now, later) = (Received, Received.AddHours(1));
        var items = Read(Payloads.Read(payload));

        Assert.Equal(items.Select(i => i.SameAs(now)), items.Select(i => i.SameAs(later)));
        Assert.Equal(items.Count, items.Select(i => i.SameAs(now)).Distinct().Count());
    }

    [Fact]
    public void Without_a_time_of_its_own_a_report_is_another_on_another_day()
    {
        var (timeless, timed) = (Read(Payloads.Read("evidently-07"))[0], Read(Payloads.Read("plain-one"))[0]);

        Assert.NotEqual(timeless.SameAs(Received), timeless.SameAs(Received.AddDays(1)));
        Assert.Equal(timed.SameAs(Received), timed.SameAs(Received.AddDays(1)));
    }

    [Fact]
    public void An_alert_is_what_its_sender_says_it_is_whatever_else_changed()
    {
        var firing = Read(Payloads.Read("alertmanager-firing"))[0];
        var resolved = Read(Payloads.Read("alertmanager-resolved"))[0];
        var again = Read(Encoding.UTF8.GetString(Payloads.Read("alertmanager-firing")).Replace("above 0.5", "above 0.6"))[0];

        Assert.Equal(firing.SameAs(Received), again.SameAs(Received.AddDays(3)));
        Assert.NotEqual(firing.SameAs(Received), resolved.SameAs(Received));
        Assert.Equal(firing.SameAs(Received), resolved.Alert!.SameAs(firing: true));
    }

    private static IReadOnlyList<ReportedItem> Read(string body) => Read(Encoding.UTF8.GetBytes(body));

    private static IReadOnlyList<ReportedItem> Read(byte[] body) => Assert.IsType<EvidenceReading.Read>(ParseEvidence.From(body, Received)).Items;
}

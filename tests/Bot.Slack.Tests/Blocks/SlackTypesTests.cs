using System.Text;
using Bot.Tests.Cards;

namespace Bot.Slack.Tests.Blocks;

/// <summary>
/// Everything that is rendered of the samples, compiled against the types Slack publishes (@slack/types, tsc --strict): shapes, words of
/// enumerations, properties that do not exist. Lengths and numbers are no types; the block rules hold those.
/// </summary>
public sealed class SlackTypesTests
{
    /// <summary>
    /// A view's blocks are any blocks in Slack's type, which would let everything pass; charts are not in the types yet ("Data visualization
    /// block" is the page they are written from). The last three lines prove that the compiler looks: it fails where one of them is right.
    /// </summary>
    private const string Types = """
        import type { HomeView, KnownBlock, ModalView } from '@slack/types';

        type Strict<View> = Omit<View, 'blocks'> & { blocks: KnownBlock[] };
        type Point = { label: string; value: number };
        type Axis = { categories: string[]; x_label?: string; y_label?: string };
        type Chart =
          | { type: 'pie'; segments: Point[] }
          | { type: 'bar' | 'line' | 'area'; series: { name: string; data: Point[] }[]; axis_config: Axis };
        type DataVisualization = { type: 'data_visualization'; block_id?: string; title: string; chart: Chart };

        // @ts-expect-error a heading is plain text
        export const mrkdwn: KnownBlock[] = [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }];
        // @ts-expect-error no such property
        export const unknown: KnownBlock[] = [{ type: 'divider', width: 3 }];
        // @ts-expect-error no such block
        export const views: Strict<ModalView> = { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [{ type: 'ruler' }] };

        """;

    [NodeFact]
    public async Task All_that_is_rendered_is_what_slacks_types_say() => Assert.Equal("", await TypeScript.CheckAsync(Written()));

    private static string Written()
    {
        var written = new StringBuilder(Types);
        foreach (var (sample, number) in CardFiles.Samples.Keys.Select((sample, number) => (sample, number)))
        {
            foreach (var (surface, rendered) in Rendered.Everywhere(CardFiles.Fill(sample)))
            {
                var type = surface switch
                {
                    "message" => "KnownBlock[]",
                    "message with charts" => "(KnownBlock | DataVisualization)[]",
                    "home" => "Strict<HomeView>",
                    _ => "Strict<ModalView>",
                };
                written.AppendLine($"/** {sample} */ export const {surface.Replace(' ', '_')}_{number}: {type} = {rendered.ToJsonString()};");
            }
        }

        return written.ToString();
    }
}

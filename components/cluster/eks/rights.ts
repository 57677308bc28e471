// What the cluster's controllers may do in AWS. Where AWS lets a right be bound to a tag, it is bound to that of this one cluster.
import { type Policy, policyOf, type Statement } from "../../aws/index.ts";

export interface Place {
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
}

/** To see all groups of machines, and to resize those of this cluster: EKS tags them so. */
export function autoscalerRights({ account, region, clusterName }: Place): Policy {
  const tag = `aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`;
  return policyOf(
    look("LookAtMachines", [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeAutoScalingInstances",
      "autoscaling:DescribeLaunchConfigurations",
      "autoscaling:DescribeScalingActivities",
      "autoscaling:DescribeTags",
      "ec2:DescribeImages",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeLaunchTemplateVersions",
      "ec2:GetInstanceTypesFromInstanceRequirements",
    ]),
    allow("LookAtNodeGroups", ["eks:DescribeNodegroup"], [`arn:aws:eks:${region}:${account}:nodegroup/${clusterName}/*/*`]),
    allow(
      "ResizeOwnGroups",
      ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      [`arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`],
      { StringEquals: { [tag]: "owned" } },
    ),
  );
}

/** The controller's mark on all it makes, with the cluster's name as its value. */
const MARK = "elbv2.k8s.aws/cluster";

/** What carries it cannot be handed to another cluster, nor taken from it. */
const NOT_THE_MARK = { "ForAllValues:StringNotEquals": { "aws:TagKeys": MARK } };

/**
 * To make network load balancers for Services and to keep them: the rights of the controller's own policy
 * (https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/docs/install/iam_policy.json) that this takes. No Ingress, so no
 * application load balancers; no WAF, Shield or Cognito.
 */
export function loadBalancerRights(place: Place): Policy {
  return policyOf(
    look("LookAtNetwork", NETWORK),
    look("LookAtLoadBalancers", LOAD_BALANCERS),
    ...ownLoadBalancers(place),
    ...securityGroups(place),
  );
}

const NETWORK = [
  "AccountAttributes",
  "Addresses",
  "AvailabilityZones",
  "Instances",
  "InternetGateways",
  "NetworkInterfaces",
  "RouteTables",
  "SecurityGroups",
  "Subnets",
  "Tags",
  "VpcPeeringConnections",
  "Vpcs",
]
  .map((thing) => `ec2:Describe${thing}`)
  .concat("ec2:GetSecurityGroupsForVpc");

const LOAD_BALANCERS = [
  "CapacityReservation",
  "ListenerAttributes",
  "ListenerCertificates",
  "Listeners",
  "LoadBalancerAttributes",
  "LoadBalancers",
  "Rules",
  "SSLPolicies",
  "Tags",
  "TargetGroupAttributes",
  "TargetGroups",
  "TargetHealth",
].map((thing) => `elasticloadbalancing:Describe${thing}`);

function ownLoadBalancers({ account, region, clusterName }: Place): readonly Statement[] {
  const arn = (kind: string) => `arn:aws:elasticloadbalancing:${region}:${account}:${kind}/*`;
  const [balancers, listeners, targets] = [arn("loadbalancer/net"), arn("listener/net"), arn("targetgroup")];
  const made = { StringEquals: { [`aws:RequestTag/${MARK}`]: clusterName } };
  const own = { StringEquals: { [`aws:ResourceTag/${MARK}`]: clusterName } };
  const actions = (...names: readonly string[]) => names.map((action) => `elasticloadbalancing:${action}`);
  return [
    allow("Make", actions("CreateLoadBalancer", "CreateTargetGroup"), [balancers, targets], made),
    allow("MakeListeners", actions("CreateListener"), [balancers], own),
    allow("Mark", actions("AddTags"), [balancers, listeners, targets], {
      StringEquals: {
        ...made.StringEquals,
        "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener"],
      },
    }),
    allow("Tag", actions("AddTags", "RemoveTags"), [balancers, listeners, targets], { ...own, ...NOT_THE_MARK }),
    allow(
      "Keep",
      actions(
        ...["DeleteLoadBalancer", "ModifyLoadBalancerAttributes", "SetIpAddressType", "SetSecurityGroups", "SetSubnets"],
        ...["DeleteListener", "ModifyListener", "ModifyListenerAttributes", "AddListenerCertificates", "RemoveListenerCertificates"],
        ...["DeleteTargetGroup", "ModifyTargetGroup", "ModifyTargetGroupAttributes", "RegisterTargets", "DeregisterTargets"],
      ),
      [balancers, listeners, targets],
      own,
    ),
    allow("FirstInAccount", ["iam:CreateServiceLinkedRole"], [`arn:aws:iam::${account}:role/aws-service-role/*`], {
      StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
    }),
  ];
}

/** Load balancers have groups of their own, and the nodes' group lets them in. */
function securityGroups({ account, region, clusterName }: Place): readonly Statement[] {
  const groups = [`arn:aws:ec2:${region}:${account}:security-group/*`];
  const own = { StringEquals: { [`aws:ResourceTag/${MARK}`]: clusterName } };
  const nodes = { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: "owned" } };
  const made = { [`aws:RequestTag/${MARK}`]: clusterName };
  const rules = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];
  return [
    allow("MakeGroups", ["ec2:CreateSecurityGroup"], groups, { StringEquals: made }),
    allow("MakeGroupsInNetworks", ["ec2:CreateSecurityGroup"], [`arn:aws:ec2:${region}:${account}:vpc/*`]),
    allow("MarkGroups", ["ec2:CreateTags"], groups, { StringEquals: { ...made, "ec2:CreateAction": "CreateSecurityGroup" } }),
    allow("TagGroups", ["ec2:CreateTags", "ec2:DeleteTags"], groups, { ...own, ...NOT_THE_MARK }),
    allow("KeepGroups", [...rules, "ec2:DeleteSecurityGroup"], groups, own),
    allow("LetIntoNodes", rules, groups, nodes),
  ];
}

/** Descriptions are of the account as a whole: AWS binds none of these to a resource. */
function look(Sid: string, Action: readonly string[]): Statement {
  return { Sid, Effect: "Allow", Action, Resource: ["*"] };
}

function allow(Sid: string, Action: readonly string[], Resource: readonly string[], Condition?: Statement["Condition"]): Statement {
  return Condition === undefined ? { Sid, Effect: "Allow", Action, Resource } : { Sid, Effect: "Allow", Action, Resource, Condition };
}
